package io.natator.softswitch.text;

import com.google.common.net.InetAddresses;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Ports;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Fields and their values as {@code ovs-ofctl} writes them. */
public final class FieldText {
    private FieldText() {}

    /** As matches have it: {@code nw_dst}. */
    static String matchName(Field field) {
        return switch (field) {
            case ETH_DST -> "dl_dst";
            case ETH_SRC -> "dl_src";
            case ETH_TYPE -> "dl_type";
            case VLAN_VID -> "vlan_vid";
            case IP_DSCP -> "nw_dscp";
            case IP_ECN -> "nw_ecn";
            case IP_PROTO -> "nw_proto";
            case IP_TTL -> "nw_ttl";
            case IPV4_SRC -> "nw_src";
            case IPV4_DST -> "nw_dst";
            case TCP_SRC, UDP_SRC, SCTP_SRC -> "tp_src";
            case TCP_DST, UDP_DST, SCTP_DST -> "tp_dst";
            case ICMPV4_TYPE, ICMPV6_TYPE -> "icmp_type";
            case ICMPV4_CODE, ICMPV6_CODE -> "icmp_code";
            case IPV6_FLABEL -> "ipv6_label";
            case IPV6_ND_TARGET -> "nd_target";
            case IPV6_ND_SLL -> "nd_sll";
            case IPV6_ND_TLL -> "nd_tll";
            case TUNNEL_ID -> "tun_id";
            case IN_PORT,
                    IN_PHY_PORT,
                    METADATA,
                    VLAN_PCP,
                    ARP_OP,
                    ARP_SPA,
                    ARP_TPA,
                    ARP_SHA,
                    ARP_THA,
                    IPV6_SRC,
                    IPV6_DST,
                    MPLS_LABEL,
                    MPLS_TC,
                    MPLS_BOS,
                    PBB_ISID,
                    IPV6_EXTHDR -> field.name().toLowerCase(Locale.ROOT);
        };
    }

    /** As set-field has it: {@code ip_dst}. */
    public static String setName(Field field) {
        return switch (field) {
            case IPV4_SRC -> "ip_src";
            case IPV4_DST -> "ip_dst";
            case ICMPV4_TYPE -> "icmp_type";
            case ICMPV4_CODE -> "icmp_code";
            case IPV6_FLABEL -> "ipv6_label";
            case IPV6_ND_TARGET -> "nd_target";
            case IPV6_ND_SLL -> "nd_sll";
            case IPV6_ND_TLL -> "nd_tll";
            default -> field.name().toLowerCase(Locale.ROOT);
        };
    }

    /** As load and move have it: {@code NXM_OF_IP_DST}. */
    static String bitsName(Field field) {
        return switch (field) {
            case ETH_DST, ETH_SRC, ETH_TYPE, ARP_OP, ARP_SPA, ARP_TPA, TCP_SRC, TCP_DST, UDP_SRC, UDP_DST, IP_PROTO ->
                "NXM_OF_" + field.name();
            case IPV4_SRC -> "NXM_OF_IP_SRC";
            case IPV4_DST -> "NXM_OF_IP_DST";
            case ICMPV4_TYPE -> "NXM_OF_ICMP_TYPE";
            case ICMPV4_CODE -> "NXM_OF_ICMP_CODE";
            case ARP_SHA, ARP_THA, IPV6_SRC, IPV6_DST, ICMPV6_TYPE, ICMPV6_CODE, IP_ECN, IP_TTL ->
                "NXM_NX_" + field.name();
            case IPV6_ND_TARGET -> "NXM_NX_ND_TARGET";
            case IPV6_ND_SLL -> "NXM_NX_ND_SLL";
            case IPV6_ND_TLL -> "NXM_NX_ND_TLL";
            case IPV6_FLABEL -> "NXM_NX_IPV6_LABEL";
            case TUNNEL_ID -> "NXM_NX_TUN_ID";
            default -> "OXM_OF_" + field.name();
        };
    }

    /** A value, and its mask unless that is all ones. */
    static String value(Field field, long high, long low, long maskHigh, long mask) {
        String value = value(field, high, low);
        return isWhole(field, maskHigh, mask) ? value : value + "/" + mask(field, maskHigh, mask);
    }

    static boolean isWhole(Field field, long high, long low) {
        return low == field.ones() && (!field.wide() || high == -1L);
    }

    /** The length of a prefix of addresses, or the bits. */
    static String mask(Field field, long high, long low) {
        boolean address = switch (field) {
            case IPV4_SRC, IPV4_DST, ARP_SPA, ARP_TPA, IPV6_SRC, IPV6_DST, IPV6_ND_TARGET -> true;
            default -> false;
        };
        int ones = field.wide() ? Long.bitCount(high) + Long.bitCount(low) : Long.bitCount(low);
        boolean prefix = field.wide()
                ? high == ones(ones, 0) && low == ones(ones, 64)
                : low == (field.ones() & (ones == 0 ? 0 : -1L << (field.bits() - ones)));
        return address && prefix ? Integer.toString(ones) : value(field, high, low);
    }

    /** The half from bit {@code from} of 128 bits of which the first {@code ones} are set. */
    private static long ones(int ones, int from) {
        int bits = Math.clamp(ones - from, 0, 64);
        return bits == 0 ? 0 : -1L << (64 - bits);
    }

    static String value(Field field, long high, long low) {
        return switch (field) {
            case ETH_DST, ETH_SRC, ARP_SHA, ARP_THA, IPV6_ND_SLL, IPV6_ND_TLL ->
                "%012x".formatted(low).replaceAll("(..)(?!$)", "$1:");
            case IPV4_SRC, IPV4_DST, ARP_SPA, ARP_TPA ->
                InetAddresses.fromInteger((int) low).getHostAddress();
            case IPV6_SRC, IPV6_DST, IPV6_ND_TARGET -> ipv6(high, low);
            case IN_PORT -> port((int) low);
            case METADATA, TUNNEL_ID, ETH_TYPE, VLAN_VID, IPV6_FLABEL, PBB_ISID, IPV6_EXTHDR ->
                "0x" + Long.toHexString(low);
            default -> Long.toUnsignedString(low);
        };
    }

    private static String ipv6(long high, long low) {
        try {
            byte[] octets = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
            return InetAddresses.toAddrString(InetAddress.getByAddress(octets));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for lengths other than 4 and 16
        }
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
}
