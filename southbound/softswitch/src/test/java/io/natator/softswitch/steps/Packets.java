package io.natator.softswitch.steps;

import io.natator.packet.Bytes;
import io.natator.packet.Checksum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.onlab.packet.IpAddress;

/** Frames with right checksums, from their meaning. Addresses are texts, of either family. */
public final class Packets {
    static final int ETHERNET = 14;
    static final int FIN = 1;
    public static final int SYN = 2;
    static final int RST = 4;
    static final int ACK = 16;

    private Packets() {}

    public static byte[] udp(String src, int srcPort, String dst, int dstPort, int payload) {
        byte[] udp = new byte[8 + payload];
        ports(udp, srcPort, dstPort);
        Bytes.put16(udp, 4, udp.length);
        fill(udp, 8);
        return ip(src, dst, 17, udp);
    }

    public static byte[] udp(String src, int srcPort, String dst, int dstPort) {
        return udp(src, srcPort, dst, dstPort, 20);
    }

    /** @param options a multiple of four octets */
    public static byte[] tcp(String src, int srcPort, String dst, int dstPort, int flags, int... options) {
        byte[] tcp = new byte[20 + options.length];
        ports(tcp, srcPort, dstPort);
        tcp[12] = (byte) (tcp.length << 2);
        tcp[13] = (byte) flags;
        Bytes.put16(tcp, 14, 65535);
        for (int i = 0; i < options.length; i++) {
            tcp[20 + i] = (byte) options[i];
        }
        return ip(src, dst, 6, tcp);
    }

    /** ICMP or ICMPv6 echo, or whatever has an identifier. */
    public static byte[] icmp(String src, String dst, int type, int id) {
        byte[] icmp = new byte[16];
        icmp[0] = (byte) type;
        Bytes.put16(icmp, 4, id);
        Bytes.put16(icmp, 6, 1);
        fill(icmp, 8);
        return ip(src, dst, IpAddress.valueOf(src).isIp4() ? 1 : 58, icmp);
    }

    /** An ICMP error that quotes the first octets of a frame's packet. */
    public static byte[] error(String src, String dst, int type, int code, byte[] frame, int quoted) {
        byte[] packet = Arrays.copyOfRange(frame, ETHERNET, Math.min(frame.length, ETHERNET + quoted));
        byte[] icmp = new byte[8 + packet.length];
        icmp[0] = (byte) type;
        icmp[1] = (byte) code;
        System.arraycopy(packet, 0, icmp, 8, packet.length);
        return ip(src, dst, IpAddress.valueOf(src).isIp4() ? 1 : 58, icmp);
    }

    public static byte[] error(String src, String dst, int type, int code, byte[] frame) {
        return error(src, dst, type, code, frame, frame.length);
    }

    /** A packet of any protocol; TCP's, UDP's and ICMP's checksum is filled in. */
    public static byte[] ip(String src, String dst, int protocol, byte[] payload) {
        byte[] from = IpAddress.valueOf(src).toOctets();
        byte[] to = IpAddress.valueOf(dst).toOctets();
        int header = from.length == 4 ? 20 : 40;
        byte[] frame = new byte[ETHERNET + header + payload.length];
        frame[0] = 2;
        frame[5] = 2;
        frame[6] = 2;
        frame[11] = 1;
        System.arraycopy(payload, 0, frame, ETHERNET + header, payload.length);
        if (header == 20) {
            Bytes.put16(frame, 12, 0x0800);
            frame[14] = 0x45;
            Bytes.put16(frame, 16, header + payload.length);
            frame[22] = 64;
            frame[23] = (byte) protocol;
            System.arraycopy(from, 0, frame, 26, 4);
            System.arraycopy(to, 0, frame, 30, 4);
        } else {
            Bytes.put16(frame, 12, 0x86DD);
            frame[14] = 0x60;
            Bytes.put16(frame, 18, payload.length);
            frame[20] = (byte) protocol;
            frame[21] = 64;
            System.arraycopy(from, 0, frame, 22, 16);
            System.arraycopy(to, 0, frame, 38, 16);
        }
        return seal(frame);
    }

    /** Fills in all checksums of an unfragmented packet. */
    public static byte[] seal(byte[] frame) {
        boolean ipv4 = Bytes.u16(frame, 12) == 0x0800;
        int transport = ipv4 ? ETHERNET + (frame[14] & 15) * 4 : ETHERNET + 40;
        int protocol = (ipv4 ? frame[23] : frame[20]) & 0xFF;
        int length = frame.length - transport;
        int field = switch (protocol) {
            case 6 -> 16;
            case 17 -> 6;
            case 1, 58 -> 2;
            default -> -1;
        };
        if (ipv4) {
            Bytes.put16(frame, 24, 0);
            Bytes.put16(frame, 24, Checksum.of(frame, ETHERNET, transport - ETHERNET));
        }
        if (field >= 0 && length >= field + 2) {
            Bytes.put16(frame, transport + field, 0);
            long pseudo = protocol == 1 ? 0 : Checksum.sum(protocol + length, frame, ipv4 ? 26 : 22, ipv4 ? 8 : 32);
            int checksum = Checksum.finish(Checksum.sum(pseudo, frame, transport, length));
            Bytes.put16(frame, transport + field, checksum == 0 && protocol == 17 ? 0xFFFF : checksum);
        }
        return frame;
    }

    /** Identifications that packets of IPv6 are given as they become ones of IPv4 mean nothing: without. */
    static byte[] settled(byte[] frame, byte[] result) {
        boolean crossed = result != null && Bytes.u16(frame, 12) == 0x86DD && Bytes.u16(result, 12) == 0x0800;
        if (crossed && (Bytes.u16(result, 20) & 0x3FFF) == 0) {
            Bytes.put16(result, 18, 0);
            Bytes.put16(result, 24, 0);
            Bytes.put16(result, 24, Checksum.of(result, ETHERNET, 20));
        }
        return result;
    }

    /**
     * Cuts an IPv6 packet into fragments.
     *
     * @param payload octets of each but the last, a multiple of eight
     */
    public static List<byte[]> fragments6(byte[] frame, int id, int payload) {
        int header = ETHERNET + 40;
        List<byte[]> fragments = new ArrayList<>();
        for (int at = 0; at < frame.length - header; at += payload) {
            int length = Math.min(payload, frame.length - header - at);
            byte[] fragment = Arrays.copyOf(frame, header + 8 + length);
            Arrays.fill(fragment, header, header + 8, (byte) 0);
            System.arraycopy(frame, header + at, fragment, header + 8, length);
            Bytes.put16(fragment, 18, 8 + length);
            fragment[header] = frame[20];
            fragment[20] = 44;
            Bytes.put16(fragment, header + 2, at | (at + length < frame.length - header ? 1 : 0));
            Bytes.put32(fragment, header + 4, id);
            fragments.add(fragment);
        }
        return fragments;
    }

    /**
     * Cuts an IPv4 packet into fragments.
     *
     * @param payload octets of each but the last, a multiple of eight
     */
    public static List<byte[]> fragments(byte[] frame, int id, int payload) {
        int all = frame.length - ETHERNET - 20;
        List<byte[]> fragments = new ArrayList<>();
        for (int at = 0; at < all; at += payload) {
            int length = Math.min(payload, all - at);
            byte[] fragment = Arrays.copyOf(frame, ETHERNET + 20 + length);
            System.arraycopy(frame, ETHERNET + 20 + at, fragment, ETHERNET + 20, length);
            Bytes.put16(fragment, 16, 20 + length);
            Bytes.put16(fragment, 18, id);
            Bytes.put16(fragment, 20, at / 8 | (at + length < all ? 0x2000 : 0));
            Bytes.put16(fragment, 24, 0);
            Bytes.put16(fragment, 24, Checksum.of(fragment, ETHERNET, 20));
            fragments.add(fragment);
        }
        return fragments;
    }

    private static void ports(byte[] transport, int src, int dst) {
        Bytes.put16(transport, 0, src);
        Bytes.put16(transport, 2, dst);
    }

    private static void fill(byte[] octets, int from) {
        for (int i = from; i < octets.length; i++) {
            octets[i] = (byte) ('a' + i % 26);
        }
    }
}
