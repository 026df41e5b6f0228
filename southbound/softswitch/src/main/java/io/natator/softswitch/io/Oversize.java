package io.natator.softswitch.io;

import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Memory;

/** Whether a frame, or what it will be cut into, is longer than an interface takes. */
public final class Oversize {
    private static final int ETHERNET = 14;
    private static final int VLAN_TAG = 4;
    private static final int ETHERTYPE = 12;
    private static final int VLAN = 0x8100;
    private static final int TCP_OFFSET = 12;
    private static final int UDP_HEADER = 8;
    private static final int ECN = 0x80;
    private static final int GSO_TCPV4 = 1;
    private static final int GSO_TCPV6 = 4;

    private Oversize() {}

    /**
     * As the kernel sees it: a tag of 802.1Q does not count. A GSO frame is judged by the segments that it becomes.
     *
     * @param mtu octets after the Ethernet header
     */
    public static boolean is(Frame frame, int mtu) {
        int longest = frame.gsoType == 0 ? frame.length : segment(frame);
        return longest > mtu + ETHERNET && longest > mtu + ETHERNET + tag(frame);
    }

    private static int tag(Frame frame) {
        return frame.length >= ETHERTYPE + 2 && Memory.u16(frame.address + ETHERTYPE) == VLAN ? VLAN_TAG : 0;
    }

    /** Headers and payload of one segment. GSO frames always tell where the transport header starts. */
    private static int segment(Frame frame) {
        int type = frame.gsoType & ~ECN;
        boolean tcp = type == GSO_TCPV4 || type == GSO_TCPV6;
        int transport = tcp && frame.csumStart + TCP_OFFSET < frame.length
                ? Memory.u8(frame.address + frame.csumStart + TCP_OFFSET) >> 4 << 2
                : UDP_HEADER;
        return Math.min(frame.length, frame.csumStart + transport + frame.gsoSize);
    }
}
