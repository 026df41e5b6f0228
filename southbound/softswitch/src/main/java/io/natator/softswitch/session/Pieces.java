package io.natator.softswitch.session;

import static io.natator.softswitch.frame.Memory.put16;
import static io.natator.softswitch.frame.Memory.put32;
import static io.natator.softswitch.frame.Memory.put64;
import static io.natator.softswitch.frame.Memory.u16;
import static io.natator.softswitch.frame.Memory.u8;

import io.natator.packet.Checksum;
import io.natator.packet.IpProtocol;
import io.natator.packet.Ipv4;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Memory;
import java.util.Arrays;

/**
 * IPv4 packets that were cut into fragments (RFC 791, section 3.2), which go on as if they came in only now. Options are left out. Memory
 * is bounded: a megabyte, which is given out piece after piece and taken back when all pieces went on.
 */
public final class Pieces implements AutoCloseable {
    private static final int OCTETS = 1 << 20;
    private static final int MOST = 1024;
    /** Before each piece; half of it may be used by longer headers. */
    private static final int ROOM = 128;

    private static final int MF = 0x2000;
    private static final int OFFSET = 0x1FFF;
    private static final int RESERVED_AND_OFFSET = 0x9FFF;

    private final Region region = new Region(OCTETS);
    private final Frame[] frames = new Frame[MOST];
    /** Of each piece how long the ICMP message is of which it is part; 0 if it is of none. */
    private final int[] icmp = new int[MOST];

    private int count;
    private int next;
    private int used;

    public Pieces() {
        Arrays.setAll(frames, _ -> new Frame());
    }

    /**
     * Cuts a packet whose checksums are complete. It stays as it is.
     *
     * @param payload octets of each piece behind its IPv4 header, a multiple of eight
     * @return false, and nothing done, if there is no room
     */
    public boolean cut(Frame frame, Headers h, int payload) {
        long ip = frame.address + h.ip;
        int header = (u8(ip) & 15) * 4;
        int part = u16(ip + 6);
        int all = h.ipEnd - h.ip - header;
        int pieces = (all + payload - 1) / payload;
        int size = ROOM + h.ip + Ipv4.HEADER + payload;
        if (count + pieces > MOST || used + (long) pieces * size > OCTETS) {
            return false;
        }
        boolean whole = (part & (MF | OFFSET)) == 0;
        int message = whole && h.protocol == IpProtocol.ICMP ? all : 0;
        for (int at = 0; at < all; at += payload) {
            int octets = Math.min(payload, all - at);
            Frame piece = frames[count];
            icmp[count++] = message;
            piece.plain();
            piece.inPort = frame.inPort;
            piece.address = region.address + used + ROOM;
            piece.length = h.ip + Ipv4.HEADER + octets;
            piece.headroom = ROOM / 2;
            piece.tailroom = 0;
            used += size;
            boolean last = at + octets == all;
            int now = (part & (last ? RESERVED_AND_OFFSET | MF : RESERVED_AND_OFFSET)) + at / 8;
            write(frame, h, piece, header + at, octets, last ? now : now | MF);
        }
        return true;
    }

    private static void write(Frame frame, Headers h, Frame piece, int from, int octets, int part) {
        Memory.copy(frame.address, piece.address, h.ip);
        long old = frame.address + h.ip;
        long now = piece.address + h.ip;
        put32(now, 0x45 << 24 | u8(old + 1) << 16 | (Ipv4.HEADER + octets));
        put32(now + 4, u16(old + 4) << 16 | part);
        put32(now + 8, u16(old + 8) << 16);
        put64(now + 12, Memory.i64(old + 12));
        long sum = 0;
        for (int i = 0; i < Ipv4.HEADER; i += 2) {
            sum += u16(now + i);
        }
        put16(now + 10, Checksum.finish(sum));
        Memory.copy(old + from, now + Ipv4.HEADER, octets);
    }

    /** The next piece; the one before is given up. False if there is none. */
    public boolean released(Frame into) {
        if (next == count) {
            next = 0;
            count = 0;
            used = 0;
            return false;
        }
        Frame piece = frames[next++];
        into.address = piece.address;
        into.length = piece.length;
        into.headroom = piece.headroom;
        into.tailroom = piece.tailroom;
        into.inPort = piece.inPort;
        into.offloadsOf(piece);
        return true;
    }

    /** Octets of the ICMP message of which a frame is a piece that was cut here; 0 if it is none. */
    public int icmp(Frame frame) {
        boolean here = frame.address >= region.address && frame.address < region.address + OCTETS;
        return here && next > 0 ? icmp[next - 1] : 0;
    }

    @Override
    public void close() {
        region.close();
    }
}
