/**
 * The OpenFlow agent. One netty thread runs all connections with controllers and owns all their state:
 *
 * <pre>
 *   sockets ── messages ──▶ Session ── Requests ──▶ datapath's queue
 *      ▲                       ▲
 *      └── flush, once a turn ─┴── Handover ◀── replies, events ── datapath thread
 * </pre>
 *
 * Nothing waits: a session whose requests are not taken, or whose controller does not read, is not read from.
 */
package io.natator.softswitch.agent;
