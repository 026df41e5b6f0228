package io.natator.server.convert;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.natator.model.validate.Violation;
import java.time.Instant;
import java.util.List;

/** Times: protobuf ↔ JDK. */
public final class Times {
    private Times() {}

    public static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /** Within what protobuf calls valid; else {@code field} is bad. */
    public static Instant instant(String field, Timestamp timestamp, List<Violation> violations) {
        if (!Timestamps.isValid(timestamp)) {
            violations.add(new Violation(field, "is no time: write it like 2026-01-31T10:00:00Z"));
            return Instant.EPOCH;
        }
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    static Duration duration(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    /** Within what protobuf calls valid; else {@code field} is bad. */
    static java.time.Duration duration(Reading in, String field, Duration duration) {
        if (!com.google.protobuf.util.Durations.isValid(duration)) {
            in.bad(field, "is not a duration: write it like 10s");
            return java.time.Duration.ZERO;
        }
        return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    /** The same, beside other messages of what is wrong. */
    public static java.time.Duration duration(String field, Duration duration, List<Violation> violations) {
        return duration(new Reading(violations), field, duration);
    }
}
