package io.natator.softswitch.agent.codec;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Profile;

/** Reads the actions that write fields: set-field (section 7.2.5.7), and Nicira's reg_load, reg_load2 and reg_move. */
final class SetFieldDecoder {
    private static final int NX_LENGTH = 24;
    private static final long TAG = 0x1000;

    private final Profile profile;

    SetFieldDecoder(Profile profile) {
        this.profile = profile;
    }

    private boolean settable(Field field) {
        return profile.setFields().contains(field);
    }

    Action setField(Reader r) {
        int header = r.i32();
        Field field = Oxm.field(header);
        if (field == null || Oxm.masked(header) || field == Field.IP_TTL || !settable(field)) {
            r.refuse(ErrorCode.ACTION_BAD_SET_TYPE, "set-field of 0x" + Integer.toHexString(header));
            return null;
        }
        return value(r, field, header, false);
    }

    /** The OXM of reg_load2 may have a mask. */
    Action load2(Reader r) {
        r.skip(6);
        int header = r.i32();
        Field field = Oxm.field(header);
        if (field == null || !settable(field)) {
            r.refuse(ErrorCode.ACTION_BAD_SET_TYPE, "reg_load2 of 0x" + Integer.toHexString(header));
            return null;
        }
        return value(r, field, header, Oxm.masked(header));
    }

    private static Action value(Reader r, Field field, int header, boolean masked) {
        int octets = Oxm.octets(field);
        if (Oxm.length(header) != (masked ? 2 * octets : octets) || r.left() < Oxm.length(header)) {
            r.refuse(ErrorCode.ACTION_BAD_SET_LEN, field + " of " + Oxm.length(header) + " octets");
            return null;
        }
        long high = field.wide() ? r.i64() : 0;
        long low = r.number(field.wide() ? 8 : octets);
        long maskHigh = masked && field.wide() ? r.i64() : -1L;
        long mask = masked ? r.number(field.wide() ? 8 : octets) : field.ones();
        boolean fits = (low & ~field.ones()) == 0 && (low & ~mask) == 0 && (high & ~maskHigh) == 0;
        if (!fits || (field == Field.VLAN_VID && !masked && (low & TAG) == 0)) {
            r.refuse(ErrorCode.ACTION_BAD_SET_ARGUMENT, field + " to 0x" + Long.toHexString(low));
        }
        return new Action.SetField(field, high, low, maskHigh, mask & field.ones());
    }

    Action load(Reader r, int length) {
        int place = r.u16();
        int offset = place >>> 6;
        int bits = (place & 63) + 1;
        Field field = Oxm.field(r.i32());
        long value = r.i64();
        if (length != NX_LENGTH) {
            r.refuse(ErrorCode.ACTION_BAD_LEN, "reg_load of " + length + " octets");
            return null;
        }
        if (field == null || !settable(field)) {
            r.refuse(ErrorCode.ACTION_BAD_SET_TYPE, "reg_load of a field that cannot be set");
            return null;
        }
        long ones = -1L >>> (64 - bits);
        if (offset + bits > field.bits() || (value & ~ones) != 0) {
            r.refuse(ErrorCode.ACTION_BAD_ARGUMENT, bits + " bits from bit " + offset + " of " + field);
            return null;
        }
        return new Action.SetField(
                field,
                upper(value, offset),
                lower(value, offset),
                field.wide() ? upper(ones, offset) : -1L,
                lower(ones, offset));
    }

    Action move(Reader r, int length) {
        int bits = r.u16();
        int fromOffset = r.u16();
        int toOffset = r.u16();
        Field from = Oxm.field(r.i32());
        Field to = Oxm.field(r.i32());
        if (length != NX_LENGTH) {
            r.refuse(ErrorCode.ACTION_BAD_LEN, "reg_move of " + length + " octets");
            return null;
        }
        if (from == null || to == null || !settable(to)) {
            r.refuse(ErrorCode.ACTION_BAD_SET_TYPE, "reg_move of a field that is not known or cannot be set");
            return null;
        }
        if (bits == 0 || fromOffset + bits > from.bits() || toOffset + bits > to.bits()) {
            r.refuse(ErrorCode.ACTION_BAD_ARGUMENT, bits + " bits of " + from + " to " + to);
            return null;
        }
        return new Action.Move(from, fromOffset, to, toOffset, bits);
    }

    /** The upper 64 bits of the 128-bit number {@code value << offset}. */
    private static long upper(long value, int offset) {
        return offset >= 64 ? value << (offset - 64) : offset == 0 ? 0 : value >>> (64 - offset);
    }

    private static long lower(long value, int offset) {
        return offset >= 64 ? 0 : value << offset;
    }
}
