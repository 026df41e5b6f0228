package io.natator.bgp.codec;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/**
 * Path attributes in bytes, made once for all UPDATEs that share them.
 *
 * @param octets all but MP_REACH_NLRI, in order of type; NEXT_HOP only if it is an IPv4 address
 * @param nextHop for NEXT_HOP or MP_REACH_NLRI
 */
public record EncodedAttributes(byte[] octets, IpAddress nextHop) {
    /** Leaves each UPDATE room for hundreds of prefixes. */
    public static final int MAX_OCTETS = 2048;

    /** Room to write attributes that are a little too long, so that their length can be told. */
    private static final int SCRATCH = 2 * MAX_OCTETS;

    private static final int LONG_VALUE = 0xff;

    /**
     * @param attributes with a next hop
     * @return empty if they take more than {@link #MAX_OCTETS}
     */
    public static Optional<EncodedAttributes> of(PathAttributes attributes, UpdateContext context) {
        Communities communities = attributes.communities();
        if (communities.octets() > MAX_OCTETS) {
            return Optional.empty();
        }
        ByteBuffer out = ByteBuffer.allocate(SCRATCH);
        IpAddress nextHop = attributes.nextHop().orElseThrow();
        attribute(out, AttributeType.ORIGIN, 1).put((byte) attributes.origin());
        asPath(out, AttributeType.AS_PATH, attributes.asPath(), context.fourOctetAs());
        if (nextHop.isIp4()) {
            attribute(out, AttributeType.NEXT_HOP, 4).put(nextHop.toOctets());
        }
        attributes.med().ifPresent(med -> attribute(out, AttributeType.MED, 4).putInt((int) med));
        attributes
                .localPref()
                .ifPresent(pref -> attribute(out, AttributeType.LOCAL_PREF, 4).putInt((int) pref));
        communities(out, communities);
        extendedCommunities(out, communities);
        if (!context.fourOctetAs() && hasLongNumber(attributes.asPath())) {
            asPath(out, AttributeType.AS4_PATH, attributes.asPath(), true);
        }
        largeCommunities(out, communities);
        byte[] octets = new byte[out.flip().remaining()];
        out.get(octets);
        return octets.length > MAX_OCTETS ? Optional.empty() : Optional.of(new EncodedAttributes(octets, nextHop));
    }

    private static ByteBuffer attribute(ByteBuffer out, int type, int length) {
        int flags = AttributeType.flags(type);
        if (length > LONG_VALUE) {
            out.put((byte) (flags | AttributeType.EXTENDED_LENGTH)).put((byte) type);
            return out.putShort((short) length);
        }
        return out.put((byte) flags).put((byte) type).put((byte) length);
    }

    private static void asPath(ByteBuffer out, int type, List<AsSegment> segments, boolean fourOctets) {
        int size = fourOctets ? 4 : 2;
        int length = segments.stream()
                .mapToInt(segment -> 2 + size * segment.numbers().size())
                .sum();
        attribute(out, type, length);
        for (AsSegment segment : segments) {
            out.put((byte) segment.type()).put((byte) segment.numbers().size());
            for (long number : segment.numbers()) {
                if (fourOctets) {
                    out.putInt((int) number);
                } else {
                    out.putShort((short) AsNumber.twoOctets(number));
                }
            }
        }
    }

    private static boolean hasLongNumber(List<AsSegment> segments) {
        return segments.stream()
                .flatMap(segment -> segment.numbers().stream())
                .anyMatch(number -> number > AsNumber.MAX_TWO_OCTETS);
    }

    private static void communities(ByteBuffer out, Communities communities) {
        if (!communities.standard().isEmpty()) {
            attribute(out, AttributeType.COMMUNITIES, 4 * communities.standard().size());
            communities.standard().forEach(community -> out.putInt((int) (long) community));
        }
    }

    private static void extendedCommunities(ByteBuffer out, Communities communities) {
        if (!communities.extended().isEmpty()) {
            attribute(
                    out,
                    AttributeType.EXTENDED_COMMUNITIES,
                    8 * communities.extended().size());
            communities.extended().forEach(out::putLong);
        }
    }

    private static void largeCommunities(ByteBuffer out, Communities communities) {
        List<LargeCommunity> large = communities.large();
        if (!large.isEmpty()) {
            attribute(out, AttributeType.LARGE_COMMUNITIES, LargeCommunity.OCTETS * large.size());
            large.forEach(community -> out.putInt((int) community.global())
                    .putInt((int) community.local1())
                    .putInt((int) community.local2()));
        }
    }
}
