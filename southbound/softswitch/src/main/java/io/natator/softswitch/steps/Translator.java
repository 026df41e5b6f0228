package io.natator.softswitch.steps;

import io.natator.model.intent.Kind;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.session.Limits;
import io.natator.softswitch.session.SessionLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.onlab.packet.IpAddress;

/**
 * Translates packets with state: what rules alone cannot do. The thread of the datapath owns it. Times are nanoseconds of a
 * clock that does not go back; {@code wall} is what that clock's {@code now} is for people.
 */
public final class Translator implements AutoCloseable {
    private final Counts counts;
    private final Packet packet = new Packet();
    private Map<Integer, State> shares = Map.of();

    /**
     * @param log told of sessions as they come and go
     * @param seed of random ports and addresses: nobody outside should be able to guess it
     */
    public Translator(Limits limits, Counts counts, SessionLog log, long seed) {
        this.counts = counts;
    }

    /**
     * The complete set of shares. Sessions that are still legal survive.
     *
     * @return why it is refused, for people; then nothing changed
     */
    public Optional<String> shares(List<Share> all, long now) {
        Optional<String> wrong = ShareCheck.wrong(all);
        if (wrong.isEmpty()) {
            shares = all.stream().map(State::new).collect(Collectors.toMap(s -> s.share.id(), Function.identity()));
        }
        return wrong;
    }

    /** True if there is such a share. */
    public boolean knows(int share) {
        return shares.containsKey(share);
    }

    /**
     * Translates a frame where it is; frame, headers and key stay one.
     *
     * @param share {@link Share#id}
     * @return one of {@link Verdict}
     */
    public int translate(Frame frame, Headers headers, long[] key, int share, Direction direction, long now) {
        State state = shares.get(share);
        if (state == null || state.share.kind() != Kind.STATIC) {
            counts.add(Count.TRANSLATE_NO_SHARE);
            return Verdict.DROP;
        }
        if (headers.ip == 0 || headers.ipVersion != state.inside.version) {
            counts.add(Count.TRANSLATE_OTHER_FAMILY);
            return Verdict.DROP;
        }
        packet.take(frame, headers, key, now);
        boolean source = direction == Direction.TO_OUTSIDE;
        Block outside = state.outside[0];
        Prefixes.rewrite(
                packet, source ? state.inside : outside, source ? outside : state.inside, state.exempt, source);
        return Verdict.PASS;
    }

    /**
     * Begins to fetch what {@link #translate} will need, for a batch: call it for each packet, then {@link #touch} with what
     * it gave, then translate.
     */
    public long hint(Headers headers, long[] key, int share, Direction direction) {
        return 0;
    }

    /** Reads what a hint leads to; what it returns means nothing, but must be used lest the compiler leaves it out. */
    public long touch(long hint) {
        return hint;
    }

    /**
     * The next frame that was {@link Verdict#HELD} and can now go on: it is to be taken as if it came in only now. Good until
     * the next call.
     *
     * @return false if there is none
     */
    public boolean released(Frame into) {
        return false;
    }

    /** Ends what is due. Takes a bounded time: what is left waits for the next call. */
    public void housekeeping(long now, int most) {}

    /**
     * Live sessions.
     *
     * @param token of the page before; empty for the first
     * @param most of one page, 1 to 1000
     */
    public Page list(SessionQuery query, String token, int most, long now, Instant wall) {
        return new Page(List.of(), 0, "");
    }

    /** Ends sessions; to be called until {@link Page#nextToken} is empty. */
    public Page clear(SessionQuery query, String token, long now) {
        return new Page(List.of(), 0, "");
    }

    /**
     * Who has an outside address and port now, also if only by arithmetic.
     *
     * @param protocol 0: any
     * @param port 0: any
     */
    public List<Session> lookup(IpAddress outside, int protocol, int port, long now, Instant wall) {
        return List.of();
    }

    /** Use of all shares but STATIC ones that are not affine. */
    public List<PoolUse> use() {
        return List.of();
    }

    /** A DYNAMIC binding is in use although no packet comes by: rules of the hardware do its work. */
    public void refresh(int share, IpAddress inside, long now) {}

    @Override
    public void close() {}
}
