package io.natator.bgp.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.onlab.packet.IpPrefix;

/** Messages of every type, and what bad lines make of them. */
public final class Samples {
    /** One of each. */
    static final List<Capability> CAPABILITIES = List.of(
            new Capability.FourOctetAs(65000),
            new Capability.MultiProtocol(Family.IPV4_UNICAST),
            new Capability.RefreshRoutes(),
            new Capability.EnhancedRefresh(),
            new Capability.ExtendedMessages(),
            new Capability.ExtendedNextHop(),
            new Capability.AddPath(List.of(new Capability.Paths(Family.IPV4_UNICAST, true, false))),
            new Capability.GracefulRestart(
                    true, true, 120, List.of(new Capability.Preserved(Family.IPV6_UNICAST, true))),
            new Capability.LongLivedRestart(List.of(new Capability.Stale(Family.IPV4_UNICAST, true, 86_400))),
            new Capability.Other(200));

    private Samples() {}

    /** What BIRD sent, and what it did not. */
    public static List<byte[]> messages() {
        List<byte[]> all = new ArrayList<>(Recorded.messages());
        EncodedAttributes attributes = UpdateBuilderTest.attributes("2001:db8::1", "65000:1", "65000:1:2");
        UpdateBuilder update = UpdateBuilder.announce(Family.IPV6_UNICAST, attributes, Recorded.CONTEXT);
        update.add(IpPrefix.valueOf("2001:db8:7::/48"));
        all.add(update.build());
        all.add(Encoder.encode(new Open(65000, 90, 1, CAPABILITIES)));
        all.add(Encoder.encode(new RouteRefresh(1, RouteRefresh.BEGIN, 1)));
        all.add(Encoder.encode(Notification.shutdown(ErrorCode.ADMINISTRATIVE_SHUTDOWN, "maintenance")
                .hard()));
        return all;
    }

    /** Cut after {@code length} octets. */
    public static byte[] cut(byte[] message, int length) {
        return Arrays.copyOf(message, length);
    }

    /** Cut after {@code length} octets, at least those of a header, and the header says so. */
    public static byte[] shortened(byte[] message, int length) {
        byte[] cut = cut(message, length);
        cut[Header.LENGTH_OFFSET] = (byte) (length >> 8);
        cut[Header.LENGTH_OFFSET + 1] = (byte) length;
        return cut;
    }

    /** With the bits of {@code mask} turned over in one octet. */
    public static byte[] flipped(byte[] message, int at, int mask) {
        byte[] damaged = message.clone();
        damaged[at] ^= (byte) mask;
        return damaged;
    }

    /**
     * Octets of an UPDATE whose damage must not cost the session (RFC 7606, section 3): values of attributes other than
     * MP_REACH_NLRI and MP_UNREACH_NLRI. Empty for other messages.
     *
     * @param message well-formed
     */
    public static List<Integer> valuesOfAttributes(byte[] message) {
        List<Integer> values = new ArrayList<>();
        if (!Header.isUpdate(message)) {
            return values;
        }
        int at = Header.LENGTH + 2 + length(message, Header.LENGTH);
        int end = at + 2 + length(message, at);
        at += 2;
        while (at < end) {
            boolean extended = (message[at] & 0x10) != 0;
            int type = message[at + 1];
            int value = at + (extended ? 4 : 3);
            int after = value + (extended ? length(message, at + 2) : message[at + 2] & 0xff);
            for (int i = value; i < after && type != 14 && type != 15; i++) {
                values.add(i);
            }
            at = after;
        }
        return values;
    }

    private static int length(byte[] octets, int at) {
        return ((octets[at] & 0xff) << 8) | (octets[at + 1] & 0xff);
    }
}
