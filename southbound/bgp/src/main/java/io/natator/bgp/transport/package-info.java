/** Sockets, timers and logs around the pure parts: one event loop owns all of it. */
package io.natator.bgp.transport;
