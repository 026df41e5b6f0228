package io.natator.softswitch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.frame.Place;
import io.natator.softswitch.session.Limits;
import io.natator.softswitch.session.SessionLog;
import io.natator.softswitch.session.UseWalk;
import java.lang.foreign.ValueLayout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.IpAddress;

/** A translator and the packets that are put through it; everything that comes out is checked. */
public final class Bench implements AutoCloseable {
    static final long SECOND = 1_000_000_000L;

    final Counts counts = new Counts();
    final Translator translator;
    long now = 1_000 * SECOND;
    /** Frames that waited and went on with the last packet. */
    final List<byte[]> released = new ArrayList<>();

    int verdict;

    public Bench(Limits limits, SessionLog log, Share... shares) {
        this(Long.getLong("natator.seed", 7), limits, log, shares);
    }

    /** @param seed of the ports and addresses that are given */
    Bench(long seed, Limits limits, SessionLog log, Share... shares) {
        translator = new Translator(limits, counts, log, seed);
        shares(shares);
    }

    public Bench(Share... shares) {
        this(new Limits(1000, 1000, 1000, 64, 1 << 20, 10), SessionLog.NONE, shares);
    }

    void shares(Share... shares) {
        assertThat(translator.shares(List.of(shares), now)).isEmpty();
    }

    /** What becomes of a frame; null if nothing goes on. */
    byte[] put(int share, Direction direction, byte[] frame) {
        released.clear();
        byte[] result;
        try (Place place = new Place(frame)) {
            result = put(place.frame, place, share, direction);
        }
        Frame waited = new Frame();
        while (translator.released(waited)) {
            byte[] again = octets(waited);
            try (Place place = new Place(again)) {
                // Parsed from the copy, but translated where it waited: that is how it is known.
                io.natator.softswitch.frame.Parser.parse(waited, place.headers, place.key);
                int then = translator.translate(waited, place.headers, place.key, share, direction, now);
                if (then == Verdict.PASS) {
                    released.add(checked(octets(waited)));
                }
            }
        }
        return result;
    }

    private byte[] put(Frame frame, Place place, int share, Direction direction) {
        verdict = translator.translate(frame, place.headers, place.key, share, direction, now);
        place.check();
        return verdict == Verdict.PASS || verdict == Verdict.REPLY ? checked(place.octets()) : null;
    }

    private static byte[] octets(Frame frame) {
        return Memory.ALL.asSlice(frame.address, frame.length).toArray(ValueLayout.JAVA_BYTE);
    }

    private static byte[] checked(byte[] frame) {
        assertThat(Reading.wrong(frame)).as(Reading.of(frame)).isEmpty();
        return frame;
    }

    /**
     * What would become of a frame; null if nothing goes on.
     *
     * @param lines gets why
     */
    byte[] preview(int share, Direction direction, byte[] frame, List<String> lines) {
        try (Place place = new Place(frame)) {
            int would = translator.preview(place.frame, place.headers, place.key, share, direction, lines::add);
            return would == Verdict.PASS ? checked(place.octets()) : null;
        }
    }

    byte[] out(byte[] frame) {
        return put(1, Direction.TO_OUTSIDE, frame);
    }

    byte[] in(byte[] frame) {
        return put(1, Direction.TO_INSIDE, frame);
    }

    /** In words; {@code "-"} if nothing goes on. */
    String outText(byte[] frame) {
        return text(out(frame));
    }

    String inText(byte[] frame) {
        return text(in(frame));
    }

    static String text(byte[] frame) {
        return frame == null ? "-" : Reading.of(frame);
    }

    long count(Count count) {
        return counts.get(count);
    }

    /** Time goes by; what is due is done. */
    void pass(long seconds) {
        now += seconds * SECOND;
        translator.housekeeping(now, Integer.MAX_VALUE);
    }

    List<PoolUse> use() {
        UseWalk walk = translator.use();
        assertThat(walk.look(Integer.MAX_VALUE)).isLessThan(Integer.MAX_VALUE);
        return walk.answer();
    }

    /** All whose an outside port is now. */
    List<Session> lookup(IpAddress outside, int protocol, int port) {
        List<Session> all = new ArrayList<>();
        String token = "";
        do {
            Page page = translator.lookup(outside, protocol, port, token, 1000, now, Instant.EPOCH);
            all.addAll(page.sessions());
            token = page.nextToken();
        } while (!token.isEmpty());
        return all;
    }

    /** Outside port of a UDP or TCP frame that went out. */
    static int port(byte[] frame, boolean source) {
        return io.natator.packet.Bytes.u16(frame, 34 + (source ? 0 : 2));
    }

    @Override
    public void close() {
        translator.close();
    }
}
