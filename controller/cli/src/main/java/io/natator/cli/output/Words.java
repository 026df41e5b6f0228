package io.natator.cli.output;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Numbers, ages and names as people read them. */
public final class Words {
    private Words() {}

    /** "1 rule", "65,536 rules". */
    public static String count(long n, String noun) {
        return number(n) + " " + noun + (n == 1 ? "" : "s");
    }

    /** With thousands separated: "65,536". */
    public static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** How long ago, in its largest unit: "3s", "12m", "5h", "40d"; empty if never. */
    public static String age(Timestamp since, Instant now) {
        if (since.equals(Timestamp.getDefaultInstance())) {
            return "";
        }
        Duration age = Duration.between(Instant.ofEpochSecond(since.getSeconds(), since.getNanos()), now);
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        if (seconds < 120 * 60) {
            return seconds / 60 + "m";
        }
        return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86400 + "d";
    }

    /** "2026-01-31T10:00:00Z (3s ago)"; empty if never. */
    public static String moment(Timestamp time, Instant now) {
        return time.equals(Timestamp.getDefaultInstance())
                ? ""
                : Instant.ofEpochSecond(time.getSeconds()) + " (" + age(time, now) + " ago)";
    }

    /** What follows the last slash of a resource name. */
    public static String id(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
