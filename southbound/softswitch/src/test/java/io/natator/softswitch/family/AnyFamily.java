package io.natator.softswitch.family;

import io.natator.packet.Bytes;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Place;
import io.natator.softswitch.steps.Packets;
import java.util.Arrays;
import java.util.List;

/** Makes whatever it is given a packet of the other family, and of the first one again. */
public final class AnyFamily {
    private static final int LINK = 14;
    private static final int WORDS = 6;

    private AnyFamily() {}

    /** Octets as frames, as packets of both families, and as packets whose lengths and checksums are right; nothing outside is touched. */
    public static void into(byte[] octets) {
        into(octets, octets);
        for (int type : new int[] {0x0800, 0x86DD}) {
            byte[] frame = new byte[LINK + octets.length];
            System.arraycopy(octets, 0, frame, LINK, octets.length);
            Bytes.put16(frame, 12, type);
            into(frame, octets);
            right(frame, type == 0x0800);
            into(frame, octets);
        }
    }

    /** Lengths and checksums as they should be, if there is a header. */
    private static void right(byte[] frame, boolean ipv4) {
        int size = frame.length - LINK;
        if (size < (ipv4 ? 20 : 40) || size > 0xFFFF) {
            return;
        }
        if (ipv4) {
            int header = Math.min(Math.max(5, frame[LINK] & 15), size / 4);
            frame[LINK] = (byte) (0x40 | header);
            Bytes.put16(frame, LINK + 2, size);
        } else {
            frame[LINK] = (byte) (0x60 | (frame[LINK] & 15));
            Bytes.put16(frame, LINK + 4, size - 40);
        }
        Packets.seal(frame);
    }

    private static void into(byte[] frame, byte[] words) {
        FamilyChange change = new FamilyChange(3);
        for (boolean offloads : new boolean[] {false, true}) {
            try (Place p = new Place(frame)) {
                if (offloads) {
                    offloads(p.frame, Arrays.copyOf(words, WORDS));
                }
                for (int i = 0; i < 3; i++) {
                    change(change, p, words.length);
                    p.check();
                }
            }
        }
    }

    private static void change(FamilyChange change, Place p, int number) {
        NewAddresses to = new NewAddresses();
        for (boolean source : List.of(true, false)) {
            to.outer(source, number, ~number);
            to.quoted(source, ~number, number);
        }
        if (p.headers.ipVersion == 4) {
            Outcome _ = change.toIpv6(p.frame, p.headers, p.key, to, number & 1);
        } else if (p.headers.ipVersion == 6) {
            Outcome _ = change.toIpv4(p.frame, p.headers, p.key, to);
        }
    }

    private static void offloads(Frame frame, byte[] words) {
        frame.flags = words[0] & Frame.NEEDS_CSUM;
        frame.gsoType = words[1] & 0x87;
        frame.gsoSize = words[2] & 0xFF;
        frame.headerLength = words[3] & 0xFF;
        frame.csumStart = words[4] & 0xFF;
        frame.csumOffset = words[5] & 0x1F;
    }
}
