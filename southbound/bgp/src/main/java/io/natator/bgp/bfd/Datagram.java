package io.natator.bgp.bfd;

import java.net.InetAddress;

/**
 * What came by UDP.
 *
 * @param local address that it was sent to
 * @param ttl TTL or hop limit that it arrived with
 */
record Datagram(InetAddress remote, InetAddress local, int ttl, byte[] payload) {}
