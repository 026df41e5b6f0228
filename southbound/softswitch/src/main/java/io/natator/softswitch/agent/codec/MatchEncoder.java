package io.natator.softswitch.agent.codec;

import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Match;
import io.netty.buffer.ByteBuf;

/** Writes ofp_match (section 7.2.3). Of fields that share a place, the match's own prerequisites tell which it is. */
final class MatchEncoder {
    private static final int OXM = 1;
    private static final Field[] FIELDS = Field.values();

    private MatchEncoder() {}

    static void write(ByteBuf out, Match match) {
        int start = out.writerIndex();
        out.writeShort(OXM).writeShort(0);
        Prerequisites known = new Prerequisites().of(match);
        for (Field field : FIELDS) {
            if (isMatched(field, match) && known.hold(field.prerequisite())) {
                field(out, field, match);
            }
        }
        int length = out.writerIndex() - start;
        out.setShort(start + 2, length);
        out.writeZero(-length & 7);
    }

    /** True if some bit of the field's place matters. */
    static boolean isMatched(Field field, Match match) {
        int word = field.word();
        return field.wide()
                ? (match.mask()[word] | match.mask()[word + 1]) != 0
                : ((match.mask()[word] >>> field.shift()) & field.ones()) != 0;
    }

    private static void field(ByteBuf out, Field field, Match match) {
        int word = field.word();
        if (field.wide()) {
            long maskHigh = match.mask()[word];
            long maskLow = match.mask()[word + 1];
            boolean exact = (maskHigh & maskLow) == -1L;
            out.writeInt(exact ? Oxm.header(field) : Oxm.maskedHeader(field));
            out.writeLong(match.value()[word]).writeLong(match.value()[word + 1]);
            if (!exact) {
                out.writeLong(maskHigh).writeLong(maskLow);
            }
            return;
        }
        int octets = Oxm.octets(field);
        long mask = (match.mask()[word] >>> field.shift()) & field.ones();
        boolean exact = mask == field.ones();
        out.writeInt(exact ? Oxm.header(field) : Oxm.maskedHeader(field));
        number(out, (match.value()[word] >>> field.shift()) & field.ones(), octets);
        if (!exact) {
            number(out, mask, octets);
        }
    }

    /** Writes the low octets of a number. */
    static void number(ByteBuf out, long value, int octets) {
        switch (octets) {
            case 1 -> out.writeByte((int) value);
            case 2 -> out.writeShort((int) value);
            case 3 -> out.writeMedium((int) value);
            case 4 -> out.writeInt((int) value);
            case 6 -> out.writeShort((int) (value >>> 32)).writeInt((int) value);
            default -> out.writeLong(value);
        }
    }
}
