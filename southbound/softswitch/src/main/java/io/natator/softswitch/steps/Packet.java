package io.natator.softswitch.steps;

import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.frame.Editor;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Quote;

/** The packet that is translated, as steps see it. Mutable and reused. */
final class Packet {
    Frame frame;
    Headers headers;
    long[] key;
    long now;
    /** An ICMP error of which {@link #quote} could be read. */
    boolean quotes;
    /** An ICMP error. */
    boolean error;

    final Quote quote = new Quote();

    void take(Frame of, Headers h, long[] k, long time) {
        frame = of;
        headers = h;
        key = k;
        now = time;
        error = Quote.isError(of, h);
        quotes = error && quote.read(of, h);
    }

    int version() {
        return headers.ipVersion;
    }

    /** Upper half of an IPv6 address; 0 of IPv4. */
    long high(boolean source) {
        return version() == 4 ? 0 : Key.high(key, source ? Field.IPV6_SRC : Field.IPV6_DST);
    }

    /** Lower half of an IPv6 address; all of an IPv4 address. */
    long low(boolean source) {
        return Key.get(
                key,
                version() == 4
                        ? (source ? Field.IPV4_SRC : Field.IPV4_DST)
                        : (source ? Field.IPV6_SRC : Field.IPV6_DST));
    }

    /** Replaces an address. */
    void address(boolean source, long high, long low) {
        Field field = version() == 4
                ? (source ? Field.IPV4_SRC : Field.IPV4_DST)
                : (source ? Field.IPV6_SRC : Field.IPV6_DST);
        Editor.set(frame, headers, key, field, high, low, -1L, -1L);
    }
}
