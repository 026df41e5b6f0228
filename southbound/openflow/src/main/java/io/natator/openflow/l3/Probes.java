package io.natator.openflow.l3;

import io.natator.model.packet.Packet;
import io.natator.model.proof.ProbeCase;
import io.natator.packet.Bytes;
import io.natator.packet.EtherType;
import io.natator.packet.Ethernet;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import io.natator.packet.Ipv6;
import io.natator.packet.Udp;
import java.util.Optional;
import java.util.OptionalLong;

/** Frames that prove a translation: UDP whose payload is a mark and a nonce. */
public final class Probes {
    /** "NATATORP". */
    private static final long MARK = 0x4E41_5441_544F_5250L;

    private static final int PAYLOAD = 16;

    private Probes() {}

    /** The frame of a UDP packet; empty if {@code packet} is none. */
    public static Optional<byte[]> frame(Packet packet, long nonce) {
        if (!(packet instanceof Packet.Ip ip) || ip.protocol() != IpProtocol.UDP) {
            return Optional.empty();
        }
        byte[] payload = new byte[PAYLOAD];
        Bytes.put64(payload, 0, MARK);
        Bytes.put64(payload, 8, nonce);
        Udp udp = new Udp(ip.srcPort(), ip.dstPort(), payload, true);
        byte[] body;
        if (ip.src().isIp4()) {
            Ipv4 header = Ipv4.of(
                    Addresses.bits4(ip.src()), Addresses.bits4(ip.dst()), ip.ttl(), IpProtocol.UDP, new byte[0]);
            body = Ipv4.of(header.src(), header.dst(), ip.ttl(), IpProtocol.UDP, udp.encode(header.pseudo(0)))
                    .encode();
        } else {
            Ipv6 header = Ipv6.of(
                    Addresses.bits6(ip.src()), Addresses.bits6(ip.dst()), ip.ttl(), IpProtocol.UDP, new byte[0]);
            body = Ipv6.of(header.src(), header.dst(), ip.ttl(), IpProtocol.UDP, udp.encode(header.pseudo(0)))
                    .encode();
        }
        int type = ip.src().isIp4() ? EtherType.IPV4 : EtherType.IPV6;
        return Optional.of(new Ethernet(ip.ethDst().toLong(), ip.ethSrc().toLong(), type, body).encode());
    }

    /** True if the frame's source MAC is that of probes. */
    public static boolean isProbe(byte[] frame) {
        return frame.length >= Ethernet.HEADER && Bytes.u48(frame, 6) == ProbeCase.MAC.toLong();
    }

    /** The nonce of a probe that came back. */
    public static OptionalLong nonce(Frames.Read read) {
        return read.data().length == PAYLOAD && Bytes.i64(read.data(), 0) == MARK
                ? OptionalLong.of(Bytes.i64(read.data(), 8))
                : OptionalLong.empty();
    }
}
