/**
 * The software switch: an OpenFlow 1.3 datapath on ordinary Linux interfaces.
 *
 * <pre>
 *   controller ── agent (netty thread) ── Request ──▶ datapath thread ── io ── interfaces
 *                        ◀── Reply, Event ──             owns ports, tables, cache
 * </pre>
 *
 * One thread owns its ports and all tables; changes reach it as {@link io.natator.softswitch.flow.Request}s in a bounded
 * queue and are applied between two batches of packets, so a reply means that the very next packet sees the change.
 */
package io.natator.softswitch;
