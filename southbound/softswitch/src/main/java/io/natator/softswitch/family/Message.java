package io.natator.softswitch.family;

import static io.natator.softswitch.frame.Memory.put16;
import static io.natator.softswitch.frame.Memory.put32;
import static io.natator.softswitch.frame.Memory.put8;
import static io.natator.softswitch.frame.Memory.u16;

import io.natator.packet.Checksum;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An ICMP error in the making, apart from the frame: its header, the quoted packet's new header, as much of what follows as there is and
 * fits, and the extension behind that (RFC 4884), which stays as it is. Mutable and reused.
 */
final class Message {
    /** Octets of an ICMP header. */
    static final int HEADER = 8;

    /** RFC 4443, section 2.4: octets of an IPv6 packet that is an error. In IPv4 it becomes no longer. */
    private static final int MOST_PACKET = 1280;

    private static final int OCTET = 0xFF;

    private final MemorySegment room = Arena.ofAuto().allocate(2 * MOST_PACKET, 8);
    private final long at = room.address();
    /** Octets of what is quoted: the new header, and those behind it. */
    private int header;

    private int rest;
    /** Octets behind the ICMP header. */
    private int length;
    /** Octets that there may be. */
    private int most;

    /**
     * Begins with the ICMP header, and copies what follows the quoted packet's header.
     *
     * @param word the second one of the ICMP header
     * @param outer octets of the new IP header before the message
     * @param headerOctets of the quoted packet's new header
     * @param from address of what follows the old one
     * @param octets of that
     */
    void begin(int typeAndCode, int word, int outer, int headerOctets, long from, int octets) {
        header = headerOctets;
        most = MOST_PACKET - outer - HEADER;
        rest = Math.min(octets, most - header);
        length = header + rest;
        put32(at, typeAndCode << 16);
        put32(at + 4, word);
        Memory.copy(from, at + HEADER + header, rest);
    }

    /** Address of the quoted packet's header, to be written. */
    long quoted() {
        return at + HEADER;
    }

    /** Address of what is behind that. */
    long upper() {
        return quoted() + header;
    }

    /** Octets of it. */
    int rest() {
        return rest;
    }

    /** Changes a checksum in what is quoted, {@code offset} behind its header, if it is there. */
    void covered(int offset, long difference, boolean udp) {
        long field = upper() + offset;
        if (offset + 2 > rest || (udp && u16(field) == 0)) {
            return;
        }
        int now = Checksum.finish((~u16(field) & 0xFFFFL) + difference);
        put16(field, udp && now == 0 ? 0xFFFF : now);
    }

    /** Another type and code of an ICMP message that is quoted. */
    void type(int typeAndCode) {
        put16(upper(), typeAndCode);
    }

    /**
     * Appends the extension; leaves it out if there is no room.
     *
     * @param from its address
     * @param octets of it
     * @param lengthAt octet of the ICMP header that says how long what is quoted is
     * @param unit octets that it counts
     */
    void extension(long from, int octets, int lengthAt, int unit) {
        int room = Math.min(OCTET * unit, most - octets);
        int before = Math.max(Rfc4884.LEAST, Math.min(length, room) / unit * unit);
        if (before > room) {
            return;
        }
        for (int i = length; i < before; i++) {
            put8(quoted() + i, 0);
        }
        Memory.copy(from, quoted() + before, octets);
        put8(at + lengthAt, before / unit);
        rest = Math.min(rest, before - header);
        length = before + octets;
    }

    /**
     * Replaces what the frame has behind its link header by room for a new IP header, and the message behind it. The frame's old headers
     * count.
     *
     * @param outer octets of the new IP header
     * @param pseudo sum of the pseudo-header, but for the length; −1: there is none
     * @return octets of the message; −1 if there is no room, and nothing was done
     */
    int into(Frame frame, Headers h, int outer, long pseudo, int etherType) {
        int octets = HEADER + length;
        int grow = h.ip + outer + octets - h.ipEnd;
        if (frame.headroom < grow) {
            return -1;
        }
        put16(at + 2, Checksum.finish(Octets.sum(at, octets) + (pseudo < 0 ? 0 : pseudo + octets)));
        frame.plain();
        FamilyChange.grow(frame, h, grow, etherType);
        Memory.copy(at, frame.address + h.ip + outer, octets);
        return octets;
    }
}
