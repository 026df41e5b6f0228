package io.natator.softswitch.text;

import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Ports;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Values of fields as people write them. */
final class ValueText {
    private ValueText() {}

    static String of(Field field, long high, long low) {
        return switch (field) {
            case ETH_DST, ETH_SRC, ARP_SHA, ARP_THA, IPV6_ND_SLL, IPV6_ND_TLL -> mac(low);
            case IPV4_SRC, IPV4_DST, ARP_SPA, ARP_TPA -> ipv4(low);
            case IPV6_SRC, IPV6_DST, IPV6_ND_TARGET -> ipv6(high, low);
            case ETH_TYPE -> "0x%04x".formatted(low);
            case VLAN_VID -> (low & 0x1000) == 0 ? Long.toString(low) : Long.toString(low & 0xFFF);
            case IN_PORT -> port((int) low);
            case METADATA, TUNNEL_ID, IPV6_FLABEL, IPV6_EXTHDR, PBB_ISID -> "0x" + Long.toHexString(low);
            case IN_PHY_PORT,
                    VLAN_PCP,
                    IP_DSCP,
                    IP_ECN,
                    IP_PROTO,
                    IP_TTL,
                    TCP_SRC,
                    TCP_DST,
                    UDP_SRC,
                    UDP_DST,
                    SCTP_SRC,
                    SCTP_DST,
                    ICMPV4_TYPE,
                    ICMPV4_CODE,
                    ICMPV6_TYPE,
                    ICMPV6_CODE,
                    ARP_OP,
                    MPLS_LABEL,
                    MPLS_TC,
                    MPLS_BOS -> Long.toString(low);
        };
    }

    /** The length of a prefix, or the bits. */
    static String mask(Field field, long high, long low) {
        int ones = Long.bitCount(high) + Long.bitCount(low);
        boolean isPrefix;
        if (field.wide()) {
            isPrefix = ones <= 64
                    ? low == 0 && high == -1L << (64 - ones) && ones > 0
                    : high == -1L && low == -1L << (128 - ones);
            return isPrefix ? Integer.toString(ones) : "%016x%016x".formatted(high, low);
        }
        isPrefix = field.bits() == 32 && low == (field.ones() & (-1L << (32 - ones)));
        return isPrefix ? Integer.toString(ones) : "0x" + Long.toHexString(low);
    }

    static String port(int port) {
        return switch (port) {
            case Ports.IN_PORT -> "IN_PORT";
            case Ports.TABLE -> "TABLE";
            case Ports.NORMAL -> "NORMAL";
            case Ports.FLOOD -> "FLOOD";
            case Ports.ALL -> "ALL";
            case Ports.CONTROLLER -> "CONTROLLER";
            case Ports.LOCAL -> "LOCAL";
            case Ports.ANY -> "ANY";
            default -> Integer.toUnsignedString(port);
        };
    }

    private static String mac(long value) {
        StringBuilder text = new StringBuilder();
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append("%02x".formatted(value >>> shift & 0xFF)).append(shift == 0 ? "" : ":");
        }
        return text.toString();
    }

    private static String ipv4(long value) {
        return (value >>> 24 & 0xFF) + "." + (value >>> 16 & 0xFF) + "." + (value >>> 8 & 0xFF) + "." + (value & 0xFF);
    }

    private static String ipv6(long high, long low) {
        byte[] octets = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        try {
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // 16 octets are an address
        }
    }
}
