package io.natator.softswitch.agent.codec;

import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Profile;

/** Reads ofp_match (section 7.2.3). */
final class MatchDecoder {
    private static final int OXM = 1;
    private static final int HEADER = 4;
    private static final Field[] FIELDS = Field.values();

    private final Profile profile;
    private final Prerequisites prerequisites = new Prerequisites();

    MatchDecoder(Profile profile) {
        this.profile = profile;
    }

    /** Reads a match and its padding. */
    Match read(Reader r) {
        int type = r.u16();
        int length = r.u16();
        if (type != OXM) {
            r.refuse(ErrorCode.MATCH_BAD_TYPE, "match of type " + type);
            return Match.ANY;
        }
        int padded = (length + 7) & ~7;
        if (length < HEADER || padded - HEADER > r.left()) {
            r.refuse(ErrorCode.MATCH_BAD_LEN, "match of " + length + " octets");
            return Match.ANY;
        }
        long[] value = new long[Key.WORDS];
        long[] mask = new long[Key.WORDS];
        int before = r.narrow(length - HEADER);
        r.cutShort(ErrorCode.MATCH_BAD_LEN);
        long present = 0;
        while (r.left() > 0) {
            present |= field(r, value, mask, present);
        }
        r.widen(before);
        r.skip(padded - length);
        if (r.ok()) {
            checkPrerequisites(r, present, value, mask);
        }
        return new Match(value, mask);
    }

    /** Reads one TLV; returns the bit of its field. */
    @SuppressWarnings("EnumOrdinal") // bits live in memory only
    private long field(Reader r, long[] value, long[] mask, long present) {
        int header = r.i32();
        Field field = Oxm.field(header);
        if (field == null || !profile.matches().contains(field)) {
            r.refuse(ErrorCode.MATCH_BAD_FIELD, "field 0x" + Integer.toHexString(header));
            return 0;
        }
        boolean masked = Oxm.masked(header);
        int octets = Oxm.octets(field);
        int length = Oxm.length(header);
        if (length != (masked ? 2 * octets : octets) || length > r.left()) {
            r.refuse(ErrorCode.MATCH_BAD_LEN, field + " of " + length + " octets");
            return 0;
        }
        long bit = 1L << field.ordinal();
        if ((present & bit) != 0) {
            r.refuse(ErrorCode.MATCH_DUPLICATE_FIELD, field + " twice");
            return 0;
        }
        if (field.wide()) {
            wide(r, field, masked, value, mask);
        } else {
            narrow(r, field, masked, octets, value, mask);
        }
        return bit;
    }

    private void wide(Reader r, Field field, boolean masked, long[] value, long[] mask) {
        long high = r.i64();
        long low = r.i64();
        long maskHigh = masked ? r.i64() : -1L;
        long maskLow = masked ? r.i64() : -1L;
        check(r, field, (maskHigh & maskLow) == -1L, ((high & ~maskHigh) | (low & ~maskLow)) == 0);
        int word = field.word();
        value[word] = high;
        value[word + 1] = low;
        mask[word] = maskHigh;
        mask[word + 1] = maskLow;
    }

    private void narrow(Reader r, Field field, boolean masked, int octets, long[] value, long[] mask) {
        long v = r.number(octets);
        long m = masked ? r.number(octets) & field.ones() : field.ones();
        if ((v & ~field.ones()) != 0) {
            r.refuse(ErrorCode.MATCH_BAD_VALUE, field + " 0x" + Long.toHexString(v));
            return;
        }
        check(r, field, m == field.ones(), (v & ~m) == 0);
        value[field.word()] |= v << field.shift();
        mask[field.word()] |= m << field.shift();
    }

    private void check(Reader r, Field field, boolean exact, boolean valueWithinMask) {
        if (!exact && !profile.masks().contains(field)) {
            r.refuse(ErrorCode.MATCH_BAD_MASK, field + " takes no mask");
        } else if (!valueWithinMask) {
            r.refuse(ErrorCode.MATCH_BAD_WILDCARDS, field + " has bits outside its mask");
        }
    }

    private void checkPrerequisites(Reader r, long present, long[] value, long[] mask) {
        prerequisites.of(value, mask);
        for (long left = present; left != 0; left &= left - 1) {
            Field field = FIELDS[Long.numberOfTrailingZeros(left)];
            if (!prerequisites.hold(field.prerequisite())) {
                r.refuse(ErrorCode.MATCH_BAD_PREREQUISITE, field + " without " + field.prerequisite());
                return;
            }
        }
    }
}
