package io.natator.bgp.bmp.codec;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Whom a message is about (RFC 7854, section 4.2).
 *
 * @param as its AS number, 1 to 4294967295
 * @param routerId its BGP identifier
 * @param fourOctetAs AS_PATHs of its session have AS numbers of four octets
 */
public record PeerHeader(InetAddress address, long as, int routerId, boolean fourOctetAs) {
    static final int LENGTH = 42;

    private static final int IPV6 = 0x80;
    private static final int POST_POLICY = 0x40;
    private static final int TWO_OCTET_AS = 0x20;
    private static final int ADJ_RIB_OUT = 0x10;
    private static final int ADDRESS = 16;
    private static final long MICROS = 1_000_000;

    /**
     * @param out about what we tell it, which our policy has been applied to (RFC 8671, section 4); else about what it tells
     * @param micros when, since 1970
     */
    void write(ByteBuffer to, boolean out, long micros) {
        int flags = (address instanceof Inet6Address ? IPV6 : 0)
                | (fourOctetAs ? 0 : TWO_OCTET_AS)
                | (out ? ADJ_RIB_OUT | POST_POLICY : 0);
        to.put((byte) 0).put((byte) flags).putLong(0);
        writeAddress(to, address);
        to.putInt((int) as).putInt(routerId);
        to.putInt((int) (micros / MICROS)).putInt((int) (micros % MICROS));
    }

    /** IPv4 addresses are at the end of their sixteen octets. */
    static void writeAddress(ByteBuffer to, InetAddress address) {
        byte[] octets = address.getAddress();
        to.position(to.position() + ADDRESS - octets.length).put(octets);
    }
}
