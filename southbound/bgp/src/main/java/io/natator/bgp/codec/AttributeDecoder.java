package io.natator.bgp.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.onlab.packet.IpAddress;

/** Values of path attributes, each with its way out when it is malformed (RFC 7606, section 7). */
final class AttributeDecoder {
    /** What becomes of an attribute. */
    enum Verdict {
        GOOD,
        DISCARD,
        TREAT_AS_WITHDRAW
    }

    private static final int MAX_ORIGIN = 2;
    private static final int WORD = 4;
    private static final int EXTENDED_COMMUNITY = 8;

    private final UpdateContext context;
    private int origin;
    private List<AsSegment> asPath = List.of();
    private Optional<IpAddress> nextHop = Optional.empty();
    private OptionalLong med = OptionalLong.empty();
    private OptionalLong localPref = OptionalLong.empty();
    private final List<Long> standard = new ArrayList<>();
    private final List<Long> extended = new ArrayList<>();
    private final List<LargeCommunity> large = new ArrayList<>();

    AttributeDecoder(UpdateContext context) {
        this.context = context;
    }

    PathAttributes attributes() {
        return new PathAttributes(origin, asPath, nextHop, med, localPref, new Communities(standard, extended, large));
    }

    void nextHop(IpAddress address) {
        nextHop = Optional.of(address);
    }

    /** Reads one attribute other than MP_REACH_NLRI and MP_UNREACH_NLRI. */
    Verdict read(int type, ByteBuffer value) {
        int length = value.remaining();
        return switch (type) {
            case AttributeType.ORIGIN -> origin(value);
            case AttributeType.AS_PATH -> asPath(value);
            case AttributeType.NEXT_HOP -> nextHop(value);
            case AttributeType.MED -> {
                med = length == WORD ? word(value) : OptionalLong.empty();
                yield goodIf(length == WORD);
            }
            case AttributeType.LOCAL_PREF -> localPref(value);
            case AttributeType.ATOMIC_AGGREGATE -> length == 0 ? Verdict.GOOD : Verdict.DISCARD;
            case AttributeType.AGGREGATOR ->
                length == (context.fourOctetAs() ? 2 * WORD : WORD + 2) ? Verdict.GOOD : Verdict.DISCARD;
            case AttributeType.COMMUNITIES -> communities(value);
            case AttributeType.LARGE_COMMUNITIES -> largeCommunities(value);
            case AttributeType.EXTENDED_COMMUNITIES -> extendedCommunities(value);
            // From outside the AS both are ignored, whatever they hold (RFC 7606, sections 7.9 and 7.10).
            case AttributeType.ORIGINATOR_ID -> context.internal() ? goodIf(length == WORD) : Verdict.DISCARD;
            case AttributeType.CLUSTER_LIST ->
                context.internal() ? goodIf(length > 0 && length % WORD == 0) : Verdict.DISCARD;
            default -> Verdict.GOOD; // AS4_PATH and AS4_AGGREGATOR: of no use to one who only counts.
        };
    }

    private static Verdict goodIf(boolean good) {
        return good ? Verdict.GOOD : Verdict.TREAT_AS_WITHDRAW;
    }

    private static OptionalLong word(ByteBuffer value) {
        return OptionalLong.of(value.getInt() & 0xffffffffL);
    }

    private Verdict origin(ByteBuffer value) {
        if (value.remaining() != 1) {
            return Verdict.TREAT_AS_WITHDRAW;
        }
        origin = value.get() & 0xff;
        return goodIf(origin <= MAX_ORIGIN);
    }

    private Verdict asPath(ByteBuffer value) {
        int size = context.fourOctetAs() ? WORD : 2;
        List<AsSegment> segments = new ArrayList<>();
        while (value.hasRemaining()) {
            int type = value.get() & 0xff;
            int count = value.hasRemaining() ? value.get() & 0xff : 0;
            boolean known = type >= AsSegment.SET && type <= AsSegment.CONFED_SET;
            if (!known || count == 0 || count * size > value.remaining()) {
                return Verdict.TREAT_AS_WITHDRAW;
            }
            List<Long> numbers = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                numbers.add(size == WORD ? value.getInt() & 0xffffffffL : value.getShort() & 0xffffL);
            }
            if (numbers.contains(0L)) {
                return Verdict.TREAT_AS_WITHDRAW; // RFC 7607, section 2
            }
            segments.add(new AsSegment(type, numbers));
        }
        asPath = segments;
        return Verdict.GOOD;
    }

    private Verdict nextHop(ByteBuffer value) {
        if (value.remaining() != WORD) {
            return Verdict.TREAT_AS_WITHDRAW;
        }
        // MP_REACH_NLRI, if there is one, has the say.
        if (nextHop.isEmpty()) {
            nextHop = Optional.of(IpAddress.valueOf(value.getInt()));
        }
        return Verdict.GOOD;
    }

    private Verdict localPref(ByteBuffer value) {
        if (!context.internal()) {
            return Verdict.DISCARD; // RFC 7606, section 7.5
        }
        if (value.remaining() != WORD) {
            return Verdict.TREAT_AS_WITHDRAW;
        }
        localPref = word(value);
        return Verdict.GOOD;
    }

    private Verdict communities(ByteBuffer value) {
        if (value.remaining() == 0 || value.remaining() % WORD != 0) {
            return Verdict.TREAT_AS_WITHDRAW;
        }
        while (value.hasRemaining()) {
            standard.add(value.getInt() & 0xffffffffL);
        }
        return Verdict.GOOD;
    }

    private Verdict extendedCommunities(ByteBuffer value) {
        if (value.remaining() == 0 || value.remaining() % EXTENDED_COMMUNITY != 0) {
            return Verdict.TREAT_AS_WITHDRAW;
        }
        while (value.hasRemaining()) {
            extended.add(value.getLong());
        }
        return Verdict.GOOD;
    }

    private Verdict largeCommunities(ByteBuffer value) {
        if (value.remaining() == 0 || value.remaining() % LargeCommunity.OCTETS != 0) {
            return Verdict.TREAT_AS_WITHDRAW;
        }
        while (value.hasRemaining()) {
            large.add(new LargeCommunity(
                    value.getInt() & 0xffffffffL, value.getInt() & 0xffffffffL, value.getInt() & 0xffffffffL));
        }
        return Verdict.GOOD;
    }
}
