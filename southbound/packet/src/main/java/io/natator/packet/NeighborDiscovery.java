package io.natator.packet;

import io.natator.packet.Decoded.Malformed;
import io.natator.packet.Decoded.Ok;
import java.util.OptionalLong;

/**
 * Neighbour solicitation and advertisement (RFC 4861, sections 4.3 and 4.4): the body of an {@link Icmp}.
 *
 * @param type {@link #SOLICITATION} or {@link #ADVERTISEMENT}
 * @param flags advertisement: router, solicited, override in the top three bits of 32; solicitation: 0
 * @param target target address
 * @param linkLayer solicitation: source, advertisement: target link-layer address (section 4.6.1)
 */
public record NeighborDiscovery(int type, int flags, Ip6 target, OptionalLong linkLayer) {
    public static final int SOLICITATION = 135;
    public static final int ADVERTISEMENT = 136;
    public static final int ROUTER = 1 << 31;
    public static final int SOLICITED = 1 << 30;
    public static final int OVERRIDE = 1 << 29;

    static final int FLAGS = 0;
    static final int TARGET = 4;
    static final int OPTIONS = 20;

    private static final int SOURCE_LINK_LAYER = 1;
    private static final int TARGET_LINK_LAYER = 2;

    /** Decodes the body of {@code icmp}; other options are skipped. */
    public static Decoded<NeighborDiscovery> decode(Icmp icmp) {
        if ((icmp.type() != SOLICITATION && icmp.type() != ADVERTISEMENT) || icmp.code() != 0) {
            return new Malformed<>("nd: icmpv6 type " + icmp.type() + " code " + icmp.code());
        }
        byte[] b = icmp.body();
        if (b.length < OPTIONS) {
            return new Malformed<>("nd: cut short");
        }
        Ip6 target = Ip6.read(b, TARGET);
        if (target.isMulticast()) {
            return new Malformed<>("nd: multicast target"); // RFC 4861, sections 7.1.1 and 7.1.2
        }
        int wanted = icmp.type() == SOLICITATION ? SOURCE_LINK_LAYER : TARGET_LINK_LAYER;
        OptionalLong linkLayer = OptionalLong.empty();
        int at = OPTIONS;
        while (at < b.length) {
            int length = at + 2 <= b.length ? Bytes.u8(b, at + 1) * 8 : 0;
            if (length == 0 || at + length > b.length) {
                return new Malformed<>("nd: option length " + length);
            }
            if (Bytes.u8(b, at) == wanted && linkLayer.isEmpty()) {
                linkLayer = OptionalLong.of(Bytes.u48(b, at + 2));
            }
            at += length;
        }
        return new Ok<>(new NeighborDiscovery(icmp.type(), Bytes.i32(b, FLAGS), target, linkLayer));
    }

    /** The ICMPv6 message. */
    public Icmp icmp() {
        byte[] b = new byte[OPTIONS + (linkLayer.isPresent() ? 8 : 0)];
        Bytes.put32(b, FLAGS, flags);
        target.write(b, TARGET);
        linkLayer.ifPresent(mac -> {
            Bytes.put8(b, OPTIONS, type == SOLICITATION ? SOURCE_LINK_LAYER : TARGET_LINK_LAYER);
            Bytes.put8(b, OPTIONS + 1, 1);
            Bytes.put48(b, OPTIONS + 2, mac);
        });
        return Icmp.of(type, 0, b);
    }
}
