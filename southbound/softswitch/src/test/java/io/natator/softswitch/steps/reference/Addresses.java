package io.natator.softswitch.steps.reference;

import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Prefixes and addresses as texts. */
final class Addresses {
    private Addresses() {}

    static boolean holds(IpPrefix prefix, String address) {
        IpAddress one = IpAddress.valueOf(address);
        return prefix.isIp4() == one.isIp4() && prefix.contains(one);
    }

    static boolean holds(List<IpPrefix> prefixes, String address) {
        return prefixes.stream().anyMatch(p -> holds(p, address));
    }

    /** All IPv4 addresses of some prefixes, in order. */
    static List<String> all(List<IpPrefix> prefixes) {
        List<String> all = new ArrayList<>();
        for (IpPrefix prefix : prefixes) {
            int first = prefix.address().getIp4Address().toInt();
            for (int i = 0; i < 1 << (32 - prefix.prefixLength()); i++) {
                all.add(IpAddress.valueOf(first + i).toString());
            }
        }
        return all;
    }

    /** The address of another prefix with the same host part. */
    static String place(String address, IpPrefix to) {
        byte[] octets = IpAddress.valueOf(address).toOctets();
        byte[] net = to.address().toOctets();
        for (int bit = 0; bit < to.prefixLength(); bit++) {
            int mask = 0x80 >> bit % 8;
            octets[bit / 8] = (byte) ((octets[bit / 8] & ~mask) | (net[bit / 8] & mask));
        }
        return IpAddress.valueOf(to.isIp4() ? IpAddress.Version.INET : IpAddress.Version.INET6, octets)
                .toString();
    }
}
