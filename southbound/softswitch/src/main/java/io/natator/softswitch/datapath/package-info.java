/**
 * The thread that owns ports and tables.
 *
 * <pre>
 *   any thread ── Request ──▶ bounded queue ─┐
 *                                            ▼
 *   ports ── batch ──▶ {@link io.natator.softswitch.datapath.Switch#turn}: packets, requests, what is due ──▶ ports
 *                                            │
 *   any thread ◀── Reply, Event ─────────────┘
 * </pre>
 */
package io.natator.softswitch.datapath;
