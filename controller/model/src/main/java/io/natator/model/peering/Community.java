package io.natator.model.peering;

import java.util.Arrays;
import java.util.Optional;

/** A BGP community, as users write it and as it is sent. */
public sealed interface Community extends Comparable<Community> {
    /** RFC 1997: {@code 65000:100}. */
    record Standard(int value) implements Community {
        /** Prefer any other path (RFC 8326). */
        public static final Standard GRACEFUL_SHUTDOWN = new Standard(0xFFFF_0000);

        @Override
        public String toString() {
            return (value >>> 16) + ":" + (value & 0xFFFF);
        }
    }

    /**
     * RFC 4360 and 5668: {@code rt:65000:100} (route target), {@code ro:192.0.2.1:100} (route origin), or
     * {@code ext:4300000000000001} (any, 16 hexadecimal digits).
     *
     * @param value the eight octets, type first
     */
    record Extended(long value) implements Community {
        @Override
        public String toString() {
            return CommunityText.extended(value);
        }
    }

    /** RFC 8092: {@code 65000:1:2}; each an unsigned number of 32 bits. */
    record Large(int global, int local1, int local2) implements Community {
        @Override
        public String toString() {
            return Integer.toUnsignedString(global) + ":" + Integer.toUnsignedString(local1) + ":"
                    + Integer.toUnsignedString(local2);
        }
    }

    /** Empty if it is none, or a number in it is too large. */
    static Optional<Community> parse(String text) {
        return CommunityText.parse(text);
    }

    /** Standard, then extended, then large ones; by number. */
    @Override
    default int compareTo(Community other) {
        return Arrays.compareUnsigned(CommunityText.key(this), CommunityText.key(other));
    }
}
