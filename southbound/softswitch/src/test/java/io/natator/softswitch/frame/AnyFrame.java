package io.natator.softswitch.frame;

import io.natator.softswitch.flow.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Every change that can be made to a frame, one after another. */
public final class AnyFrame {
    private static final List<Field> FIELDS = List.of(Field.values());
    private static final int TTLS = 7;
    private static final int TAGS = 6;
    /** How many {@link #change}s there are. */
    static final int CHANGES = FIELDS.size() * 2 + TTLS + TAGS;

    private AnyFrame() {}

    /** Makes one change, whether or not the frame allows it. */
    static int change(Frame frame, Headers h, long[] key, int which, Random random) {
        int kind = which % CHANGES;
        if (kind < FIELDS.size()) {
            return Editor.set(
                    frame, h, key, FIELDS.get(kind), random.nextLong(), random.nextLong(), random.nextLong(), -1);
        }
        if (kind < FIELDS.size() * 2) {
            Field from = FIELDS.get(random.nextInt(FIELDS.size()));
            Field to = FIELDS.get(kind - FIELDS.size());
            int bits = 1 + random.nextInt(Math.min(from.bits(), to.bits()));
            return Editor.move(
                    frame,
                    h,
                    key,
                    from,
                    random.nextInt(from.bits() - bits + 1),
                    to,
                    random.nextInt(to.bits() - bits + 1),
                    bits);
        }
        return switch (kind - FIELDS.size() * 2) {
            case 0 -> Ttl.set(frame, h, key, random.nextInt(256));
            case 1 -> Ttl.decrement(frame, h, key);
            case 2 -> Ttl.setMpls(frame, h, random.nextInt(256));
            case 3 -> Ttl.decrementMpls(frame, h);
            case 4 -> Ttl.copyIn(frame, h, key);
            case 5, 6 -> Ttl.copyOut(frame, h, key);
            case 7 -> Tags.pushVlan(frame, h, key, 0x8100);
            case 8 -> Tags.popVlan(frame, h, key);
            case 9 -> Tags.pushMpls(frame, h, key, 0x8847);
            case 10 -> Tags.popMpls(frame, h, key, random.nextBoolean() ? 0x0800 : 0x86DD);
            case 11 -> Tags.pushPbb(frame, h, key, 0x88E7);
            default -> Tags.popPbb(frame, h, key);
        };
    }

    /** Makes the changes that {@code octets} choose to the frame that the rest of them is. */
    public static void into(byte[] octets) {
        int changes = Math.min(octets.length, 8);
        byte[] frame = Arrays.copyOfRange(octets, changes, octets.length);
        try (Place p = new Place(frame)) {
            p.check();
            for (int i = 0; i < changes; i++) {
                p.frame.flags = octets[i] & Frame.NEEDS_CSUM;
                p.frame.csumStart = p.headers.upper;
                p.frame.csumOffset = p.headers.checksum - p.headers.upper;
                change(p.frame, p.headers, p.key, octets[i] & 0xFF, new Random(i));
                p.check();
            }
        }
    }
}
