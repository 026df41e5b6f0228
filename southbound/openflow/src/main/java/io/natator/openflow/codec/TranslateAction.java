package io.natator.openflow.codec;

import io.natator.model.session.Share.Direction;
import io.natator.packet.Bytes;
import java.util.Optional;

/**
 * Natator's action (docs/openflow.md): type 0xFFFF, length 16, experimenter, subtype 1, direction (one octet: 0 to inside, 1 to
 * outside), a zero octet, share id.
 *
 * @param share id, 1 to 2³¹−1
 */
public record TranslateAction(int share, Direction direction) {
    /** Octets. */
    public static final int LENGTH = 16;

    private static final int DIRECTION = 10;
    private static final int ZERO = 11;
    private static final int SHARE = 12;

    /** As it is on the wire. */
    public static int number(Direction direction) {
        return switch (direction) {
            case TO_INSIDE -> 0;
            case TO_OUTSIDE -> 1;
        };
    }

    /** Reads an action of ours of {@code length} octets at {@code at}; empty if it is none that has a meaning. */
    public static Optional<TranslateAction> read(byte[] b, int at, int length) {
        if (length != LENGTH
                || at + length > b.length
                || Bytes.i32(b, at + 4) != Wire.NATATOR
                || Bytes.u16(b, at + 8) != Wire.NATATOR_TRANSLATE
                || Bytes.u8(b, at + ZERO) != 0
                || Bytes.i32(b, at + SHARE) <= 0) {
            return Optional.empty();
        }
        int share = Bytes.i32(b, at + SHARE);
        return switch (Bytes.u8(b, at + DIRECTION)) {
            case 0 -> Optional.of(new TranslateAction(share, Direction.TO_INSIDE));
            case 1 -> Optional.of(new TranslateAction(share, Direction.TO_OUTSIDE));
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return "translate(share=" + share + "," + (direction == Direction.TO_INSIDE ? "to-inside" : "to-outside") + ")";
    }
}
