package io.natator.softswitch.frame;

import static io.natator.softswitch.frame.Memory.i32;
import static io.natator.softswitch.frame.Memory.put16;
import static io.natator.softswitch.frame.Memory.put32;
import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u8;

import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;

/**
 * Pushes and pops headers before the network layer (OpenFlow 1.3.5, section 5.12; values of a new header: 5.12.1). What
 * stands before moves into the headroom or back: nothing behind is copied. Each method returns {@link Reason#FINE}, or
 * why nothing was done.
 */
public final class Tags {
    /** Octets of headroom that one push takes at most. */
    public static final int LARGEST = 18;

    private static final int MACS = 12;
    private static final int DROP_ELIGIBLE = 0x1000;
    private static final int BOTTOM = 1 << 8;
    private static final int VLAN_BITS = 0xFFFF;
    private static final int TCI_WORD = Field.VLAN_VID.word();

    private Tags() {}

    /** A new outermost tag with the id and priority of the one before, or zeroes. */
    public static int pushVlan(Frame frame, Headers h, long[] key, int etherType) {
        int refused = refused(frame, h, Parser.TAG);
        if (refused != Reason.FINE) {
            return refused;
        }
        int tci = h.tags == 0 ? 0 : u16(frame.address + MACS + 2) & ~DROP_ELIGIBLE;
        insert(frame, MACS, Parser.TAG);
        put16(frame.address + MACS, etherType);
        put16(frame.address + MACS + 2, tci);
        if (h.tags == Parser.MAX_TAGS) {
            Parser.again(frame, h, key); // the innermost one is now out of sight
        } else {
            h.shift(Parser.TAG);
            h.tags++;
            vlanKey(key, tci | Parser.VLAN_PRESENT);
        }
        return Reason.FINE;
    }

    /** Removes the outermost tag. */
    public static int popVlan(Frame frame, Headers h, long[] key) {
        if (h.tags == 0) {
            return Reason.ABSENT;
        }
        remove(frame, MACS, Parser.TAG);
        if (h.tags == Parser.MAX_TAGS) {
            Parser.again(frame, h, key); // there may be another one behind
        } else {
            h.shift(-Parser.TAG);
            h.tags--;
            vlanKey(key, h.tags == 0 ? 0 : u16(frame.address + MACS + 2) | Parser.VLAN_PRESENT);
        }
        return Reason.FINE;
    }

    private static void vlanKey(long[] key, int bits) {
        key[TCI_WORD] = (key[TCI_WORD] & ~(long) VLAN_BITS) | bits;
    }

    /**
     * A new outermost label stack entry, behind the VLAN tags, where networks expect it: a copy of the one before, or
     * label 0 with the TTL of the IP header.
     */
    public static int pushMpls(Frame frame, Headers h, long[] key, int etherType) {
        int refused = refused(frame, h, Parser.LABEL);
        if (refused != Reason.FINE) {
            return refused;
        }
        int entry = h.mpls != 0
                ? i32(frame.address + h.mpls) & ~BOTTOM
                : BOTTOM | (h.ip == 0 ? 0 : (int) Key.get(key, Field.IP_TTL));
        int at = h.type + 2;
        insert(frame, at, Parser.LABEL);
        put16(frame.address + h.type, etherType);
        put32(frame.address + at, entry);
        Parser.again(frame, h, key);
        return Reason.FINE;
    }

    /** Removes the outermost label stack entry; what follows is of {@code etherType}. */
    public static int popMpls(Frame frame, Headers h, long[] key, int etherType) {
        if (h.mpls == 0) {
            return Reason.ABSENT;
        }
        int type = h.type;
        remove(frame, h.mpls, Parser.LABEL);
        put16(frame.address + type, etherType);
        Parser.again(frame, h, key);
        return Reason.FINE;
    }

    /**
     * A backbone header with the frame's addresses and an I-TAG with the service of the one before, or 0, and the
     * priority of the VLAN tag; the whole frame becomes the customer's.
     */
    public static int pushPbb(Frame frame, Headers h, long[] key, int etherType) {
        int refused = refused(frame, h, Parser.ITAG);
        if (refused != Reason.FINE) {
            return refused;
        }
        int priority = h.tags == 0 ? 0 : u8(frame.address + MACS + 2) >>> 5;
        int service = h.pbb == 0 ? 0 : (int) Key.get(key, Field.PBB_ISID);
        Memory.copy(frame.address, frame.address - Parser.ITAG, MACS);
        grow(frame, Parser.ITAG);
        put16(frame.address + MACS, etherType);
        put32(frame.address + MACS + 2, priority << 29 | service);
        Parser.again(frame, h, key);
        return Reason.FINE;
    }

    /** Removes backbone header and I-TAG; a backbone VLAN tag must have been popped before. */
    public static int popPbb(Frame frame, Headers h, long[] key) {
        if (h.pbb == 0 || h.tags != 0) {
            return Reason.ABSENT;
        }
        grow(frame, -Parser.ITAG);
        Parser.again(frame, h, key);
        return Reason.FINE;
    }

    private static int refused(Frame frame, Headers h, int octets) {
        return h.type == 0 ? Reason.ABSENT : frame.headroom < octets ? Reason.NO_ROOM : Reason.FINE;
    }

    /** Makes room for {@code octets} at {@code at} by moving what is before. */
    private static void insert(Frame frame, int at, int octets) {
        move(frame.address, frame.address - octets, at);
        grow(frame, octets);
    }

    private static void remove(Frame frame, int at, int octets) {
        move(frame.address, frame.address + octets, at);
        grow(frame, -octets);
    }

    private static void move(long from, long to, int length) {
        if (length == MACS) {
            long first = Memory.i64(from);
            int last = i32(from + 8);
            Memory.put64(to, first);
            put32(to + 8, last);
        } else {
            Memory.copy(from, to, length);
        }
    }

    private static void grow(Frame frame, int octets) {
        frame.address -= octets;
        frame.length += octets;
        frame.headroom -= octets;
        if ((frame.flags & Frame.NEEDS_CSUM) != 0) {
            frame.csumStart += octets;
        }
        if (frame.gsoType != 0) {
            frame.headerLength += octets;
        }
    }
}
