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
        boolean ends = reason == Reason.INVALID_TTL && program.op(at) == Op.DEC_NW_TTL && !opaque;
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
        for (int i = 0; i < program.size(); i++) {
            switch (program.op(i)) {
                case Op.SET_FIELD -> set(program, i);
                case Op.MOVE -> move(program, i);
                case Op.METADATA -> write(Field.METADATA.word(), program.arg(i, 1), program.arg(i, 0));
                case Op.SET_NW_TTL -> write(TTL_WORD, TTL, program.a(i));
                case Op.DEC_NW_TTL -> touch(TTL_WORD, TTL);
                case Op.PUSH_VLAN -> pushVlan(now);
                case Op.POP_VLAN, Op.PUSH_MPLS, Op.POP_MPLS, Op.PUSH_PBB, Op.POP_PBB, Op.COPY_TTL_IN, Op.COPY_TTL_OUT ->
                    opaque = true;
                case Op.METER -> opaque |= meters.get(program.a(i)).remarks();
                default -> {}
            }
        }
    }

    private void set(Program program, int i) {
        Field field = FIELDS[program.a(i)];
        switch (field) {
            case ETH_TYPE, IP_PROTO, ICMPV6_TYPE, ICMPV6_CODE -> opaque = true; // they say what the rest means
            case IPV6_ND_TARGET, IPV6_ND_SLL, IPV6_ND_TLL -> {
                // Whether there is one to be set is seen from these.
                lookedAt(Field.ICMPV6_TYPE, -1L, -1L);
                lookedAt(Field.ICMPV6_CODE, -1L, -1L);
                lookedAt(field, -1L, -1L);
            }
            default -> {}
        }
        if (field.wide()) {
            write(field.word(), program.arg(i, 2), program.arg(i, 0));
            write(field.word() + 1, program.arg(i, 3), program.arg(i, 1));
        } else {
            // Bit 12 of VLAN_VID stays what it is.
            long bits = field == Field.VLAN_VID ? program.arg(i, 3) & 0xFFF : program.arg(i, 3);
            write(field.word(), bits << field.shift(), (program.arg(i, 1) & bits) << field.shift());
        }
    }

    private void move(Program program, int i) {
        Field from = FIELDS[program.a(i)];
        Field to = FIELDS[program.b(i)];
        lookedAt(from, -1L, -1L);
        lookedAt(to, -1L, -1L);
        opaque |= from == Field.IP_TTL
                || to == Field.ETH_TYPE
                || to == Field.IP_PROTO
                || to == Field.ICMPV6_TYPE
                || to == Field.ICMPV6_CODE;
        change(to.word(), to.wide() ? -1L : to.ones() << to.shift());
        if (to.wide()) {
            change(to.word() + 1, -1L);
        }
    }

    /** A field as it is now decided. */
    private void lookedAt(Field field, long high, long low) {
        if (field.wide()) {
            mask[field.word()] |= high & ~changed[field.word()];
            mask[field.word() + 1] |= low & ~changed[field.word() + 1];
        } else {
            mask[field.word()] |= ((low & field.ones()) << field.shift()) & ~changed[field.word()];
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
