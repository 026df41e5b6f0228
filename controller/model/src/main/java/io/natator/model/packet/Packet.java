package io.natator.model.packet;

import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/** What the evaluator, the fake tables and probes know of an Ethernet frame. */
public sealed interface Packet {
    MacAddress ethSrc();

    MacAddress ethDst();

    /**
     * ARP (RFC 826).
     *
     * @param op 1 request, 2 reply
     */
    record Arp(
            MacAddress ethSrc,
            MacAddress ethDst,
            int op,
            MacAddress sha,
            Ip4Address spa,
            MacAddress tha,
            Ip4Address tpa)
            implements Packet {}

    /**
     * IPv4 or IPv6 that is not neighbour discovery.
     *
     * @param src source; of the family of {@code dst}
     * @param ttl TTL or hop limit, 0 to 255
     * @param protocol IP protocol number
     * @param srcPort TCP, UDP or SCTP port; ICMP: type; 0 for others
     * @param dstPort TCP, UDP or SCTP port; ICMP: code; 0 for others
     */
    record Ip(
            MacAddress ethSrc,
            MacAddress ethDst,
            IpAddress src,
            IpAddress dst,
            int ttl,
            int protocol,
            int srcPort,
            int dstPort)
            implements Packet {}

    /**
     * Neighbour solicitation or advertisement (RFC 4861, sections 4.3 and 4.4); hop limit 255.
     *
     * @param type 135 or 136
     */
    record Nd(MacAddress ethSrc, MacAddress ethDst, Ip6Address src, Ip6Address dst, int type, Ip6Address target)
            implements Packet {}
}
