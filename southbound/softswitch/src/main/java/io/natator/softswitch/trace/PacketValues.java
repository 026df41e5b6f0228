package io.natator.softswitch.trace;

import com.google.common.net.InetAddresses;
import io.natator.packet.Bytes;
import io.natator.packet.Ip6;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** The values that a packet's text gives, each checked when it is asked for. */
final class PacketValues {
    private final Map<String, String> said;
    private final Set<String> used = new HashSet<>();

    PacketValues(Map<String, String> said) {
        this.said = said;
    }

    boolean has(String name) {
        return said.containsKey(name);
    }

    private String get(String name) {
        used.add(name);
        return said.get(name);
    }

    /** A number of {@code bits} bits, decimal or 0x; {@code otherwise} if it is not given. */
    long number(String name, int bits, long otherwise) {
        String value = get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.decode(value);
            if (number >= 0 && number >>> bits == 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + "=" + value + ": not a number", e);
        }
        throw new IllegalArgumentException(name + "=" + value + ": more than " + bits + " bits");
    }

    long mac(String name, long otherwise) {
        String value = get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")) {
            throw new IllegalArgumentException(name + "=" + value + ": a MAC address is 02:00:00:00:00:01");
        }
        return HexFormat.fromHexDigitsToLong(value.replace(":", ""));
    }

    int ipv4(String name, int otherwise) {
        String value = get(name);
        if (value == null) {
            return otherwise;
        }
        if (InetAddresses.isInetAddress(value) && InetAddresses.forString(value) instanceof Inet4Address address) {
            return Bytes.i32(address.getAddress(), 0);
        }
        throw new IllegalArgumentException(name + "=" + value + ": not an IPv4 address");
    }

    Ip6 ipv6(String name, Ip6 otherwise) {
        String value = get(name);
        if (value == null) {
            return otherwise;
        }
        if (InetAddresses.isInetAddress(value)) {
            InetAddress address = InetAddresses.forString(value);
            if (address instanceof Inet6Address) {
                return Ip6.read(address.getAddress(), 0);
            }
        }
        throw new IllegalArgumentException(name + "=" + value + ": not an IPv6 address");
    }

    byte[] octets(String name) {
        String value = get(name);
        if (value == null) {
            return new byte[0];
        }
        try {
            return HexFormat.of().parseHex(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + "=" + value + ": not an even number of hexadecimal digits", e);
        }
    }

    /** One of some words. */
    String word(String name, String otherwise, Set<String> allowed) {
        String value = get(name);
        if (value != null && !allowed.contains(value)) {
            throw new IllegalArgumentException(name + "=" + value + ": must be one of " + String.join(" ", allowed));
        }
        return value == null ? otherwise : value;
    }

    /** Fails if something was given that such a packet does not have. */
    void allUsed() {
        for (Map.Entry<String, String> e : said.entrySet()) {
            if (!used.contains(e.getKey())) {
                throw new IllegalArgumentException(
                        e.getKey() + "=" + e.getValue() + ": a packet of this kind has no such field");
            }
        }
    }
}
