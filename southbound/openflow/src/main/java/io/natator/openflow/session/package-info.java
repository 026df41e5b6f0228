/**
 * One connection of one switch: handshake, discovery, keep-alive, dispatch. Bytes come in by a method call, go out by
 * {@link io.natator.openflow.session.Link}, and time is a parameter, so all of it runs without sockets and clocks.
 */
package io.natator.openflow.session;
