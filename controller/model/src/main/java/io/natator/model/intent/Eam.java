package io.natator.model.intent;

import io.natator.model.packet.Addresses;
import java.math.BigInteger;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * An explicit address mapping (RFC 7757, section 3): the bits behind the one prefix are the first bits behind the other; what is left of
 * an IPv6 address is zero, and ignored.
 *
 * @param ipv6 with no fewer bits behind it than are behind {@code ipv4}
 */
public record Eam(IpPrefix ipv6, IpPrefix ipv4) {
    private static final int IPV4 = Ip4Address.BIT_LENGTH;
    private static final int IPV6 = Ip6Address.BIT_LENGTH;

    /** Bits of IPv6 addresses that are left over: 0 if the mapping is one to one. */
    public int padding() {
        return IPV6 - ipv6.prefixLength() - (IPV4 - ipv4.prefixLength());
    }

    /** The IPv6 address of an IPv4 one, which must be within {@link #ipv4} (section 3.3.1). */
    public IpAddress toIpv6(IpAddress address) {
        return Addresses.nth(ipv6, suffix(address, ipv4).shiftLeft(padding()));
    }

    /** The IPv4 address of an IPv6 one, which must be within {@link #ipv6} (section 3.3.2). */
    public IpAddress toIpv4(IpAddress address) {
        return Addresses.nth(ipv4, suffix(address, ipv6).shiftRight(padding()));
    }

    private static BigInteger suffix(IpAddress address, IpPrefix prefix) {
        return new BigInteger(1, address.toOctets())
                .subtract(new BigInteger(1, prefix.address().toOctets()));
    }
}
