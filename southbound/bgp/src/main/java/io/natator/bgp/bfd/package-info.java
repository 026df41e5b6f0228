/**
 * Bidirectional forwarding detection beside BGP sessions (RFC 5880, 5881, 5883): sockets and the one thread that owns all
 * sessions.
 */
package io.natator.bgp.bfd;
