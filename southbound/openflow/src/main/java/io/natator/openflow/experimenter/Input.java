package io.natator.openflow.experimenter;

import io.natator.packet.BoundedReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * Reads octets of somebody else one value after the other. After the first thing that is wrong every value is zero, empty or
 * {@code 0.0.0.0}, and {@link #wrong} says what it was.
 */
final class Input extends BoundedReader {
    private static final IpAddress NOWHERE = IpAddress.valueOf(0);
    private static final long MICROS = 1_000_000L;

    private String wrong = "";

    /** Octets {@code from} to {@code to} of {@code b}, which must be there. */
    Input(byte[] b, int from, int to) {
        super(b, from, to);
    }

    /** Empty if all was right so far. */
    String wrong() {
        return wrong;
    }

    /** @param why in words; nothing is wrong if empty */
    void refuse(String why) {
        if (wrong.isEmpty() && !why.isEmpty()) {
            wrong = why;
            at = end;
        }
    }

    /** That nothing is left. */
    void end() {
        if (left() > 0) {
            refuse(left() + " octets too many");
        }
    }

    @Override
    protected void lacking() {
        refuse("cut short");
    }

    /** 32 bits that must be {@code least} to {@code most}; {@code least} if they are not. */
    int number(int least, int most, String what) {
        int value = i32();
        if (wrong.isEmpty() && (value < least || value > most)) {
            refuse(what + " is " + least + " to " + most + ", not " + value);
        }
        return wrong.isEmpty() ? value : least;
    }

    boolean flag() {
        int value = u8();
        if (value > 1) {
            refuse("a flag is 0 or 1, not " + value);
        }
        return wrong.isEmpty() && value == 1;
    }

    /** One of {@code values}, by its place. */
    <E> E one(List<E> values) {
        int value = u8();
        if (value >= values.size()) {
            refuse("no such " + values.getFirst().getClass().getSimpleName() + ": " + value);
        }
        return wrong.isEmpty() ? values.get(value) : values.getFirst();
    }

    /** Length in 16 bits, then UTF-8. */
    String text(int most) {
        int length = u16();
        if (length > most) {
            refuse("a text of " + length + " octets");
        }
        if (!has(length)) {
            return "";
        }
        at += length;
        return new String(b, at - length, length, StandardCharsets.UTF_8);
    }

    /** 4 or 6, then the address. */
    IpAddress address() {
        int family = u8();
        if (family != 4 && family != 6) {
            refuse("no IP version " + family);
        }
        int octets = family == 4 ? 4 : 16;
        if (!has(octets)) {
            return NOWHERE;
        }
        at += octets;
        byte[] value = Arrays.copyOfRange(b, at - octets, at);
        return IpAddress.valueOf(family == 4 ? IpAddress.Version.INET : IpAddress.Version.INET6, value);
    }

    /** Length of the prefix, then its address. */
    IpPrefix prefix() {
        int length = u8();
        IpAddress address = address();
        if (length > (address.isIp4() ? 32 : 128)) {
            refuse("a prefix of " + length + " bits");
        }
        return IpPrefix.valueOf(address, wrong.isEmpty() ? length : 0);
    }

    /** Microseconds, not negative. */
    Duration duration() {
        long micros = i64();
        if (micros < 0) {
            refuse("a time of " + micros + " µs");
        }
        return wrong.isEmpty() ? Duration.of(micros, java.time.temporal.ChronoUnit.MICROS) : Duration.ZERO;
    }

    /** Microseconds since 1970. */
    Instant instant() {
        long micros = i64();
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
    }

    /** The next {@code octets}, for themselves. */
    Input slice(int octets) {
        if (!has(octets)) {
            return new Input(b, end, end);
        }
        at += octets;
        return new Input(b, at - octets, at);
    }

    /** A number in 32 bits, then so many. */
    <T> List<T> list(int most, Supplier<T> one) {
        int count = number(0, most, "the length of a list");
        List<T> all = new ArrayList<>(Math.min(count, left()));
        for (int i = 0; i < count && wrong.isEmpty(); i++) {
            all.add(one.get());
        }
        return all;
    }
}
