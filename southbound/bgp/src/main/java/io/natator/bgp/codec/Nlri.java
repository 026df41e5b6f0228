package io.natator.bgp.codec;

import java.nio.ByteBuffer;
import java.util.List;
import org.onlab.packet.IpPrefix;

/** Prefixes as UPDATEs carry them: length in bits, then as few octets as hold them (RFC 4271, section 4.3). */
final class Nlri {
    private Nlri() {}

    static int octets(int prefixLength) {
        return (prefixLength + 7) / 8;
    }

    static void write(ByteBuffer out, IpPrefix prefix) {
        int length = prefix.prefixLength();
        out.put((byte) length).put(prefix.address().toOctets(), 0, octets(length));
    }

    /** Reads all of {@code in}; false if that is not a whole number of valid prefixes. */
    static boolean read(ByteBuffer in, Family family, List<IpPrefix> into) {
        int max = family.addressLength() * 8;
        while (in.hasRemaining()) {
            int length = in.get() & 0xff;
            int octets = octets(length);
            if (length > max || octets > in.remaining()) {
                return false;
            }
            byte[] address = new byte[family.addressLength()];
            in.get(address, 0, octets);
            // Bits beyond the length are irrelevant (RFC 4271, section 4.3); valueOf clears them.
            into.add(IpPrefix.valueOf(family.version(), address, length));
        }
        return true;
    }
}
