package io.natator.openflow.l3;

import io.natator.model.device.ResolvedPort;
import io.natator.openflow.l3.Verdict.Answer;
import io.natator.packet.Bytes;
import io.natator.packet.Checksum;
import io.natator.packet.EtherType;
import io.natator.packet.Ethernet;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/** Does to a packet what a rule does that leads to a host: MACs, TTL, port (RFC 1812, section 5.2.1). */
public final class Forwarding {
    private static final int DST = 0;
    private static final int SRC = 6;
    private static final int TTL4 = Ethernet.HEADER + 8;
    private static final int CHECKSUM4 = Ethernet.HEADER + 10;
    private static final int HOP_LIMIT6 = Ethernet.HEADER + 7;

    private Forwarding() {}

    /**
     * The frame on its way to {@code host}; empty if no port leads there.
     *
     * @param frame untagged, with a whole IP header, its TTL at least 2
     */
    public static Optional<Answer> toHost(List<ResolvedPort> ports, byte[] frame, IpAddress host, MacAddress mac) {
        return ports.stream()
                .filter(p -> p.config().gateways().stream()
                        .anyMatch(g -> g.address().isIp4() == host.isIp4()
                                && g.onLink().contains(host)))
                .findFirst()
                .map(port -> new Answer(port.number(), forwarded(frame, port.mac(), mac), false));
    }

    private static byte[] forwarded(byte[] frame, MacAddress from, MacAddress to) {
        byte[] out = frame.clone();
        Bytes.put48(out, DST, to.toLong());
        Bytes.put48(out, SRC, from.toLong());
        if (Bytes.u16(out, Ethernet.HEADER - 2) == EtherType.IPV4) {
            int before = Bytes.u16(out, TTL4); // with the protocol, which stays
            Bytes.put16(out, TTL4, before - 0x100);
            Bytes.put16(out, CHECKSUM4, Checksum.update16(Bytes.u16(out, CHECKSUM4), before, before - 0x100));
        } else {
            Bytes.put8(out, HOP_LIMIT6, Bytes.u8(out, HOP_LIMIT6) - 1);
        }
        return out;
    }
}
