package io.natator.softswitch.io.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The messages of rtnetlink(7) about interfaces. Pure. */
public final class LinkMessages {
    /** RTMGRP_LINK: the multicast group that tells of interfaces. */
    public static final int GROUP = 1;

    private static final int NEW_LINK = 16;
    private static final int DELETE_LINK = 17;
    private static final int GET_LINK = 18;
    private static final int IFINFOMSG = 16;
    private static final int ADDRESS = 1;
    private static final int NAME = 3;
    private static final int MTU = 4;
    private static final int UP = 1;
    private static final int LOWER_UP = 0x10000;

    private LinkMessages() {}

    /** What the kernel tells. */
    public sealed interface Told {}

    /**
     * An interface is there, or has changed.
     *
     * @param mac 48 bits, 0 if it has none
     */
    public record Link(int index, String name, long mac, int mtu, boolean adminUp, boolean carrier) implements Told {}

    /** An interface is gone. */
    public record Gone(int index) implements Told {}

    /** All interfaces have been told. */
    public record Complete() implements Told {}

    /** Asks for all interfaces. */
    public static byte[] askForAll() {
        return new NetlinkWriter()
                .message(GET_LINK, NetlinkWriter.REQUEST | NetlinkWriter.DUMP)
                .octets(new byte[IFINFOMSG])
                .toBytes();
    }

    /** What a datagram tells; what is cut short or of another kind is left out. */
    public static List<Told> read(ByteBuffer in) {
        List<Told> told = new ArrayList<>();
        int header = NetlinkWriter.header();
        while (in.remaining() >= header) {
            int start = in.position();
            int length = in.getInt(start);
            if (length < header || length > in.remaining()) {
                break;
            }
            int type = in.getShort(start + 4) & 0xFFFF;
            if (type == Netlink.DONE) {
                told.add(new Complete());
            } else if ((type == NEW_LINK || type == DELETE_LINK) && length >= header + IFINFOMSG) {
                told.add(link(type, in.slice(start + header, length - header).order(in.order())));
            }
            in.position(Math.min(start + padded(length), in.limit()));
        }
        return told;
    }

    private static Told link(int type, ByteBuffer in) {
        int index = in.getInt(4);
        if (type == DELETE_LINK) {
            return new Gone(index);
        }
        int flags = in.getInt(8);
        String name = "";
        long mac = 0;
        int mtu = 0;
        int at = IFINFOMSG;
        while (at + 4 <= in.limit()) {
            int length = in.getShort(at) & 0xFFFF;
            if (length < 4 || length > in.limit() - at) {
                break;
            }
            int size = length - 4;
            switch (in.getShort(at + 2) & 0x3FFF) {
                case NAME -> name = string(in, at + 4, size);
                case MTU -> mtu = size >= 4 ? in.getInt(at + 4) : 0;
                case ADDRESS -> mac = size == 6 ? mac(in, at + 4) : 0;
                default -> {
                    // The other attributes of an interface are nothing to a switch.
                }
            }
            at += padded(length);
        }
        return new Link(index, name, mac, mtu, (flags & UP) != 0, (flags & LOWER_UP) != 0);
    }

    private static String string(ByteBuffer in, int at, int size) {
        int length = 0;
        while (length < size && in.get(at + length) != 0) {
            length++;
        }
        byte[] octets = new byte[length];
        in.get(at, octets);
        return new String(octets, StandardCharsets.UTF_8);
    }

    private static long mac(ByteBuffer in, int at) {
        long mac = 0;
        for (int i = 0; i < 6; i++) {
            mac = mac << 8 | (in.get(at + i) & 0xFF);
        }
        return mac;
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }
}
