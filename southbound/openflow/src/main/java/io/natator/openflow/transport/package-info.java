/**
 * TCP by netty. One event loop thread runs all connections and owns all their state; the acceptor's thread does nothing
 * but accept and say HELLO, so that a switch is greeted at once however busy the first one is:
 *
 * <pre>
 *   acceptor ── greeted sockets ─────────────► queue of the loop ─┐
 *   any thread ── devices, desire, probe … ──► queue of the loop ─┤
 *   encoder thread ── encoded rules ─────────► queue of the loop ─┤
 *   sockets ── messages, writability ─────────────────────────────┼─► loop: sessions, datapaths ──► sink of events
 *   loop's own timer ── tick, ten times a second ─────────────────┘
 * </pre>
 */
package io.natator.openflow.transport;
