/**
 * Makes a device hold the rules that are desired, by difference: dump, compare, install, remember. No sockets, no clock.
 *
 * <pre>
 *            desire                                  barrier answered
 *   in sync ────────► compare with memory ─► install ───────────────► in sync
 *      │                                        ▲                        ▲
 *      │ connect, 30 s, rule vanished           │ differences            │ none
 *      └─────────────► dump, verify count ──────┴────────────────────────┘
 *                          │ failed, cut short: nothing is concluded
 *                          └──► SyncFailed, again after a while
 * </pre>
 */
package io.natator.openflow.reconcile;
