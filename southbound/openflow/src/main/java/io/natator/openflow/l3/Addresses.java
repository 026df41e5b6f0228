package io.natator.openflow.l3;

import io.natator.packet.Bytes;
import io.natator.packet.Ip6;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/** Between the addresses of the model and those of packets. */
final class Addresses {
    private Addresses() {}

    static MacAddress mac(long mac) {
        return MacAddress.valueOf(mac);
    }

    static Ip4Address ip4(int address) {
        return Ip4Address.valueOf(address);
    }

    static Ip6Address ip6(Ip6 address) {
        return Ip6Address.valueOf(address.octets());
    }

    static int bits4(IpAddress address) {
        return Bytes.i32(address.toOctets(), 0);
    }

    static Ip6 bits6(IpAddress address) {
        return Ip6.read(address.toOctets(), 0);
    }
}
