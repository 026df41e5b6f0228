package io.natator.softswitch.steps;

import io.natator.softswitch.steps.reference.Flow;
import io.natator.softswitch.steps.reference.Report;

/** Frames of what the reference speaks of. */
final class Wire {
    private Wire() {}

    static byte[] frame(Flow flow) {
        return frame(flow, 12);
    }

    /** @param octets of UDP's and other protocols' payload */
    static byte[] frame(Flow flow, int octets) {
        String src = flow.src().address();
        String dst = flow.dst().address();
        int mss = flow.mss();
        int[] options = mss == 0 ? new int[0] : new int[] {2, 4, mss >> 8, mss & 0xFF};
        return switch (flow.protocol()) {
            case 1, 58 -> Packets.icmp(src, dst, flow.flags(), flow.src().port());
            case 6 -> Packets.tcp(src, flow.src().port(), dst, flow.dst().port(), flow.flags(), options);
            case 17 -> Packets.udp(src, flow.src().port(), dst, flow.dst().port(), octets);
            default -> Packets.ip(src, dst, flow.protocol(), new byte[octets]);
        };
    }

    /** Host unreachable, or no route: the one becomes the other (RFC 7915, sections 4.2 and 5.2). */
    static byte[] frame(Report error) {
        boolean ipv4 = error.src().contains(".");
        return Packets.error(error.src(), error.dst(), ipv4 ? 3 : 1, ipv4 ? 1 : 0, frame(error.quoted()));
    }
}
