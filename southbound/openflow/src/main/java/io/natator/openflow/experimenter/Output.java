package io.natator.openflow.experimenter;

import io.natator.openflow.codec.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Writes what {@link Input} reads. */
final class Output {
    private static final long MICROS = 1_000_000L;

    private final ByteWriter out = new ByteWriter();

    byte[] toArray() {
        return out.toArray();
    }

    Output u8(int value) {
        out.u8(value);
        return this;
    }

    Output u16(int value) {
        out.u16(value);
        return this;
    }

    Output i32(int value) {
        out.u32(value);
        return this;
    }

    Output i64(long value) {
        out.u64(value);
        return this;
    }

    Output octets(byte[] all) {
        out.bytes(all, 0, all.length);
        return this;
    }

    Output flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    <E> Output one(List<E> values, E value) {
        return u8(values.indexOf(value));
    }

    /** Cut to {@code most} octets. */
    Output text(String text, int most) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(octets.length, most);
        out.u16(length).bytes(octets, 0, length);
        return this;
    }

    Output address(IpAddress address) {
        byte[] octets = address.toOctets();
        out.u8(octets.length == 4 ? 4 : 6).bytes(octets, 0, octets.length);
        return this;
    }

    Output prefix(IpPrefix prefix) {
        return u8(prefix.prefixLength()).address(prefix.address());
    }

    /** Longer ones than 290,000 years become that. */
    Output duration(Duration time) {
        long seconds = Math.min(time.getSeconds(), Long.MAX_VALUE / MICROS - 1);
        return i64(seconds * MICROS + time.getNano() / 1000);
    }

    Output instant(Instant time) {
        long most = Long.MAX_VALUE / MICROS - 1;
        long seconds = Math.clamp(time.getEpochSecond(), -most, most);
        return i64(seconds * MICROS + time.getNano() / 1000);
    }

    <T> Output list(Collection<T> all, Consumer<T> one) {
        i32(all.size());
        all.forEach(one);
        return this;
    }
}
