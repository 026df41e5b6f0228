package io.natator.model.intent;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * Where IPv6 hosts find IPv4 ones: at IPv4-embedded IPv6 addresses (RFC 6052, section 2.2).
 *
 * @param pref64 the prefix of those addresses, of one of {@link #LENGTHS}
 * @param ipv6Mtu octets of the largest IPv6 packet that the links to inside hosts take, {@link #LEAST_MTU} to {@link #MOST_MTU}
 */
public record Embedding(IpPrefix pref64, int ipv6Mtu) {
    /** Of prefixes that can hold IPv4 addresses. */
    public static final List<Integer> LENGTHS = List.of(32, 40, 48, 56, 64, 96);

    /** RFC 8200, section 5. */
    public static final int LEAST_MTU = 1280;

    public static final int MOST_MTU = 9_000;

    /** With the well-known prefix (RFC 6052, section 2.1), and links as Ethernet has them. */
    public static final Embedding DEFAULT = new Embedding(IpPrefix.valueOf("64:ff9b::/96"), 1_500);

    /** Bits 64 to 71 are zero in all such addresses. */
    private static final int ZERO = 8;

    /** The IPv6 address at which {@code address} is found. */
    public Ip6Address embed(Ip4Address address) {
        byte[] octets = Arrays.copyOf(pref64.address().toOctets(), Ip6Address.BYTE_LENGTH);
        byte[] embedded = address.toOctets();
        for (int i = 0; i < embedded.length; i++) {
            octets[place(i)] = embedded[i];
        }
        return Ip6Address.valueOf(octets);
    }

    /**
     * The IPv4 address that is found at {@code address}; empty if the prefix is another one. The suffix is ignored, as are the bits
     * that must be zero (RFC 6052, section 2.3).
     */
    public Optional<Ip4Address> extract(IpAddress address) {
        if (!address.isIp6() || !pref64.contains(address)) {
            return Optional.empty();
        }
        byte[] octets = address.toOctets();
        byte[] embedded = new byte[Ip4Address.BYTE_LENGTH];
        for (int i = 0; i < embedded.length; i++) {
            embedded[i] = octets[place(i)];
        }
        return Optional.of(Ip4Address.valueOf(embedded));
    }

    private int place(int octet) {
        int at = pref64.prefixLength() / 8 + octet;
        return pref64.prefixLength() < 96 && at >= ZERO ? at + 1 : at;
    }
}
