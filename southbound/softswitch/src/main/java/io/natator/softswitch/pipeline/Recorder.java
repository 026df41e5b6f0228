package io.natator.softswitch.pipeline;

import io.natator.softswitch.cache.Rewritten;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.frame.Reason;
import io.natator.softswitch.meter.MeterTable;
import io.natator.softswitch.program.Op;
import io.natator.softswitch.program.Program;
import java.util.Arrays;

/**
 * Notes on a walk through the tables which bits of the packet, as it came, decided where it went. A bit that a rule wrote is
 * not one of them; one that was moved or counted down goes back to where it came from.
 */
final class Recorder {
    private static final long ALL_VLAN = 0xFFFF;
    private static final int VLAN_WORD = Field.VLAN_VID.word();
    private static final int TTL_WORD = Field.IP_TTL.word();
    private static final long TTL = 0xFF;
    private static final Field[] FIELDS = Field.values();

    private final MeterTable meters;
    /** The packet as it came. */
    private final long[] key = new long[Key.WORDS];
    /** Bits of it that decided. */
    private final long[] mask = new long[Key.WORDS];
    /** Bits that are not as they came, on this walk. */
    private final long[] changed = new long[Key.WORDS];
    /** For all walks along these rules: bits that may have changed, those of them that are known, and their value. */
    private final long[] touched = new long[Key.WORDS];

    private final long[] known = new long[Key.WORDS];
    private final long[] value = new long[Key.WORDS];
    private boolean anyTouched;
    private boolean opaque;

    Recorder(MeterTable meters) {
        this.meters = meters;
    }

    /** A new packet. What all programs depend on is always looked at: which headers there are. */
    void begin(long[] from) {
        System.arraycopy(from, 0, key, 0, Key.WORDS);
        Arrays.fill(mask, 0);
        Arrays.fill(changed, 0);
        Arrays.fill(touched, 0);
        Arrays.fill(known, 0);
        Arrays.fill(value, 0);
        anyTouched = false;
        opaque = false;
        mask[0] = Field.ETH_TYPE.ones() << Field.ETH_TYPE.shift() | 0x1000;
        mask[1] = Field.IP_PROTO.ones() << Field.IP_PROTO.shift();
        mask[Key.FRAGMENT] = 0xFF00;
        mask[Key.RESUMED_WORD] = Key.RESUMED;
    }

    long[] key() {
        return key;
    }

    long[] mask() {
        return mask;
    }

    /** True if what tables say from here on depends on more than the key as it came. */
    boolean opaque() {
        return opaque;
    }

    /** True if rules wrote to fields. */
    boolean wrote() {
        return anyTouched;
    }

    /** These bits of the key as it is now decided. */
    void looked(long[] at) {
        for (int i = 0; i < Key.WORDS; i++) {
            mask[i] |= at[i] & ~changed[i];
        }
        if ((at[TTL_WORD] & TTL & ~changed[TTL_WORD]) != 0) {
            mask[TTL_WORD] |= TTL; // it may have been counted down
        }
    }

    /** True if the packet ended because of the TTL as it came, and thus others like it will; the whole TTL decided. */
    boolean endsByTtl(Program program, int at, int reason) {
        boolean ends = reason == Reason.INVALID_TTL && Program.op(program.code()[at]) == Op.DEC_NW_TTL && !opaque;
        if (ends) {
            mask[TTL_WORD] |= TTL & ~changed[TTL_WORD];
        }
        return ends;
    }

    /** What of the key is not as it came; null if all of it is. */
    Rewritten rewritten() {
        return anyTouched ? new Rewritten(touched.clone(), known.clone(), value.clone()) : null;
    }

    /** A program is going to run. {@code now} is the key before. */
    void runs(Program program, long[] now) {
        long[] code = program.code();
        for (int at = 0; at < code.length; at += Program.length(code[at])) {
            int a = Program.a(code[at]);
            switch (Program.op(code[at])) {
                case Op.SET_FIELD -> set(FIELDS[a], code[at + 1], code[at + 2]);
                case Op.SET_WIDE -> setWide(FIELDS[a], code, at);
                case Op.MOVE -> move(FIELDS[a], FIELDS[Program.b(code[at])]);
                case Op.METADATA -> write(Field.METADATA.word(), code[at + 2], code[at + 1]);
                case Op.SET_NW_TTL -> write(TTL_WORD, TTL, a);
                case Op.DEC_NW_TTL -> touch(TTL_WORD, TTL);
                case Op.PUSH_VLAN -> pushVlan(now);
                case Op.TRANSLATE,
                        Op.POP_VLAN,
                        Op.PUSH_MPLS,
                        Op.POP_MPLS,
                        Op.PUSH_PBB,
                        Op.POP_PBB,
                        Op.COPY_TTL_IN,
                        Op.COPY_TTL_OUT -> opaque = true;
                case Op.METER -> opaque |= meters.get(a).remarks();
                default -> {}
            }
        }
    }

    private void set(Field field, long to, long under) {
        if (field == Field.IPV6_ND_SLL || field == Field.IPV6_ND_TLL) {
            optional(field);
            change(field.word(), under << field.shift());
            return;
        }
        opaque |= saysWhatFollows(field);
        // Bit 12 of VLAN_VID stays what it is.
        long bits = field == Field.VLAN_VID ? under & 0xFFF : under;
        write(field.word(), bits << field.shift(), (to & bits) << field.shift());
    }

    private void setWide(Field field, long[] code, int at) {
        if (field == Field.IPV6_ND_TARGET) {
            optional(field);
            change(field.word(), code[at + 3]);
            change(field.word() + 1, code[at + 4]);
            return;
        }
        write(field.word(), code[at + 3], code[at + 1]);
        write(field.word() + 1, code[at + 4], code[at + 2]);
    }

    private static boolean saysWhatFollows(Field field) {
        return switch (field) {
            case ETH_TYPE, IP_PROTO, ICMPV6_TYPE, ICMPV6_CODE -> true;
            default -> false;
        };
    }

    /** Whether neighbour discovery has this field to be set is seen from these; of one path, some packets have it. */
    private void optional(Field field) {
        lookedAt(Field.ICMPV6_TYPE);
        lookedAt(Field.ICMPV6_CODE);
        lookedAt(field);
    }

    private void move(Field from, Field to) {
        lookedAt(from);
        lookedAt(to);
        opaque |= from == Field.IP_TTL || saysWhatFollows(to);
        change(to.word(), to.wide() ? -1L : to.ones() << to.shift());
        if (to.wide()) {
            change(to.word() + 1, -1L);
        }
    }

    /** A field as it is now decided. */
    private void lookedAt(Field field) {
        int word = field.word();
        if (field.wide()) {
            mask[word] |= ~changed[word];
            mask[word + 1] |= ~changed[word + 1];
        } else {
            mask[word] |= field.ones() << field.shift() & ~changed[word];
        }
    }

    /** A tag that is pushed is zero, or like the one before. */
    private void pushVlan(long[] now) {
        touch(VLAN_WORD, ALL_VLAN);
        if ((now[VLAN_WORD] & 0x1000) == 0) {
            changed[VLAN_WORD] |= ALL_VLAN;
        }
    }

    /** Bits get a value that is the same for all packets. */
    private void write(int word, long bits, long to) {
        changed[word] |= bits;
        touched[word] |= bits;
        known[word] |= bits;
        value[word] = (value[word] & ~bits) | to;
        anyTouched = true;
    }

    /** Bits get a value that the bits looked at decide. */
    private void change(int word, long bits) {
        changed[word] |= bits;
        touch(word, bits);
    }

    /** Bits may get another value. */
    private void touch(int word, long bits) {
        touched[word] |= bits;
        known[word] &= ~bits;
        value[word] &= ~bits;
        anyTouched = true;
    }
}
