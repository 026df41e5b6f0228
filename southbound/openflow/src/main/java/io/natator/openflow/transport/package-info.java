/**
 * TCP by netty. One event loop thread runs all connections and owns all their state:
 *
 * <pre>
 *   any thread ── devices, desire, probe … ──► queue of the loop ─┐
 *   encoder thread ── encoded rules ─────────► queue of the loop ─┤
 *   sockets ── messages, writability ─────────────────────────────┼─► loop: sessions, datapaths ──► sink of events
 *   loop's own timer ── tick, ten times a second ─────────────────┘
 * </pre>
 */
package io.natator.openflow.transport;
