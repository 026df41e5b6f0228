package io.natator.bgp.rpki.fsm;

import io.natator.bgp.rpki.codec.ErrorCode;
import io.natator.bgp.rpki.codec.Pdu;
import io.natator.bgp.rpki.codec.PduCodec;
import io.natator.bgp.rpki.codec.RtrDecoded;
import io.natator.model.rpki.Vrp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The router's side of one cache. VRPs stay while the cache is away, until they expire (RFC 8210, section 6). What comes in
 * is applied as a whole at End of Data, never in part. Times are nanoseconds on any monotonic clock. Confined to one thread.
 */
public final class RtrClient {
    /** Far more than there are; what is beyond is refused with all else (internal error). */
    static final int MOST_VRPS = 4_000_000;

    private static final long NEVER = Long.MAX_VALUE;
    /** For an answer to begin, or to go on. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(60);

    /** What is going on. */
    private enum Phase {
        /** No connection. */
        AWAY,
        /** A query is out. */
        ASKED,
        /** The answer comes in. */
        ANSWERING,
        /** All is told; the next query is due at a time, or when the cache says so. */
        QUIET
    }

    private Phase phase = Phase.AWAY;
    private int version = PduCodec.NEWEST;
    private boolean versionAgreed;
    private OptionalInt session = OptionalInt.empty();
    private int serial;

    private Set<Vrp> vrps = new HashSet<>();
    private boolean has;
    /** While an answer comes in: what will be. */
    private Set<Vrp> next = new HashSet<>();

    private boolean full;
    private boolean reached;
    /** Why it was not reached last, so that each reason is told once. */
    private Optional<String> said = Optional.empty();

    private long retrySeconds = Pdu.EndOfData.RETRY;
    private long nextAt;
    private long expireAt = NEVER;
    private long pause = FIRST_PAUSE;

    /** True if a connection should be tried. */
    public boolean wantsConnection(long now) {
        return phase == Phase.AWAY && now >= nextAt;
    }

    /** When {@link #tick} is wanted at the latest, or a connection. */
    public long deadline() {
        return Math.min(nextAt, expireAt);
    }

    public List<RtrAction> connected(long now) {
        List<RtrAction> actions = new ArrayList<>();
        versionAgreed = false;
        ask(now, actions);
        return actions;
    }

    /** The connection could not be made, or is gone. */
    public List<RtrAction> lost(String reason, long now) {
        List<RtrAction> actions = new ArrayList<>();
        if (phase == Phase.ASKED && !full) {
            leaveSession(); // Its error report may have been lost with the connection, which a cache may reset behind
            // it.
        }
        away(reason, now, actions);
        return actions;
    }

    public List<RtrAction> malformed(RtrDecoded.Bad bad, long now) {
        List<RtrAction> actions = new ArrayList<>();
        fail(bad.code(), bad.reason(), bad.report(), bad.octets(), now, actions);
        return actions;
    }

    public List<RtrAction> tick(long now) {
        List<RtrAction> actions = new ArrayList<>();
        if (now >= expireAt) {
            expireAt = NEVER;
            forget();
            actions.add(new RtrAction.Publish(false, Set.of()));
        }
        if (now >= nextAt) {
            switch (phase) {
                case AWAY -> {}
                case QUIET -> ask(now, actions);
                case ASKED, ANSWERING -> {
                    actions.add(new RtrAction.Close());
                    away("no answer within " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE) + " s", now, actions);
                }
            }
        }
        return actions;
    }

    public List<RtrAction> received(Pdu pdu, long now) {
        List<RtrAction> actions = new ArrayList<>();
        if (pdu instanceof Pdu.ErrorReport report) {
            refused(report, now, actions);
            return actions;
        }
        if (!versionAgreed) {
            if (pdu instanceof Pdu.SerialNotify) {
                return actions; // RFC 8210, section 7: ignored before versions are agreed.
            }
            version = Math.min(version, pdu.version());
            versionAgreed = true;
        }
        if (pdu.version() != version) {
            String reason = "version " + pdu.version() + " after version " + version;
            fail(ErrorCode.UNEXPECTED_VERSION, reason, true, new byte[0], now, actions);
            return actions;
        }
        switch (pdu) {
            case Pdu.CacheResponse response -> begin(response, now, actions);
            case Pdu.Prefix prefix -> apply(prefix, now, actions);
            case Pdu.EndOfData end -> finish(end, now, actions);
            case Pdu.CacheReset reset -> {
                session = OptionalInt.empty(); // It cannot tell what changed; what we have stays until it told all.
                ask(now, actions);
            }
            case Pdu.SerialNotify notify -> {
                boolean news = session.orElse(-1) != notify.session() || serial != notify.serial();
                if (phase == Phase.QUIET && news) {
                    ask(now, actions);
                }
            }
            case Pdu.RouterKey key -> {} // Of no use to one who validates origins.
            case Pdu.SerialQuery query -> fail(ErrorCode.INVALID_REQUEST, "a query from a cache", now, actions);
            case Pdu.ResetQuery query -> fail(ErrorCode.INVALID_REQUEST, "a query from a cache", now, actions);
            case Pdu.ErrorReport report -> {}
        }
        return actions;
    }

    private void ask(long now, List<RtrAction> actions) {
        phase = Phase.ASKED;
        nextAt = now + PATIENCE;
        full = session.isEmpty() || !has;
        actions.add(new RtrAction.Send(
                full ? PduCodec.resetQuery(version) : PduCodec.serialQuery(version, session.getAsInt(), serial)));
    }

    private void begin(Pdu.CacheResponse response, long now, List<RtrAction> actions) {
        if (phase != Phase.ASKED) {
            fail(ErrorCode.CORRUPT_DATA, "an answer to no question", now, actions);
            return;
        }
        if (!full && session.orElse(-1) != response.session()) {
            // The cache lost its memory; so do we, and all is asked for again (section 5.5).
            fail(ErrorCode.CORRUPT_DATA, "another session id", now, actions);
            return;
        }
        session = OptionalInt.of(response.session());
        phase = Phase.ANSWERING;
        nextAt = now + PATIENCE;
        next = full ? new HashSet<>() : new HashSet<>(vrps);
    }

    private void apply(Pdu.Prefix prefix, long now, List<RtrAction> actions) {
        if (phase != Phase.ANSWERING) {
            fail(ErrorCode.CORRUPT_DATA, "a prefix outside of an answer", now, actions);
            return;
        }
        nextAt = now + PATIENCE;
        if (!prefix.announced()) {
            if (!next.remove(prefix.vrp())) {
                fail(ErrorCode.WITHDRAWAL_OF_UNKNOWN, "withdrawal of unknown " + prefix.vrp(), now, actions);
            }
        } else if (next.size() >= MOST_VRPS) {
            fail(ErrorCode.INTERNAL_ERROR, "more than " + MOST_VRPS + " VRPs", now, actions);
        } else if (!next.add(prefix.vrp())) {
            fail(ErrorCode.DUPLICATE_ANNOUNCEMENT, prefix.vrp() + " twice", now, actions);
        }
    }

    private void finish(Pdu.EndOfData end, long now, List<RtrAction> actions) {
        if (phase != Phase.ANSWERING || session.orElse(-1) != end.session()) {
            fail(ErrorCode.CORRUPT_DATA, "an End of Data of another session or of none", now, actions);
            return;
        }
        phase = Phase.QUIET;
        pause = FIRST_PAUSE;
        serial = end.serial();
        retrySeconds = Math.clamp(end.retry(), 1, 7200);
        // Bounds of section 6; an expiry before the next refresh would make data come and go.
        long refresh = Math.clamp(end.refresh(), 1, 86_400);
        long expire = Math.max(Math.clamp(end.expire(), 600, 172_800), refresh + retrySeconds);
        nextAt = now + TimeUnit.SECONDS.toNanos(refresh);
        expireAt = now + TimeUnit.SECONDS.toNanos(expire);
        boolean changed = !has || !next.equals(vrps);
        vrps = next;
        next = new HashSet<>();
        has = true;
        if (!reached) {
            reached = true;
            actions.add(new RtrAction.Reached(true, ""));
        }
        if (changed) {
            actions.add(new RtrAction.Publish(true, vrps));
        }
    }

    /** The cache ended the connection, or will; only that it has no data yet is no reason to (section 5.11). */
    private void refused(Pdu.ErrorReport report, long now, List<RtrAction> actions) {
        if (report.code() == ErrorCode.UNSUPPORTED_VERSION && !versionAgreed && version > report.version()) {
            version = report.version();
            actions.add(new RtrAction.Close());
            phase = Phase.AWAY;
            nextAt = now;
            return;
        }
        String words = "the cache reports: " + ErrorCode.words(report.code())
                + (report.text().isEmpty() ? "" : ": " + report.text());
        if (report.code() == ErrorCode.NO_DATA_AVAILABLE) {
            phase = Phase.QUIET;
            nextAt = now + Math.min(pause, TimeUnit.SECONDS.toNanos(retrySeconds));
            pause = Math.min(2 * pause, LONGEST_PAUSE);
            unreached(words, actions);
            return;
        }
        actions.add(new RtrAction.Close());
        leaveSession(); // It may be what we asked: a cache that has restarted knows no old sessions.
        away(words, now, actions);
    }

    private void fail(int code, String reason, long now, List<RtrAction> actions) {
        fail(code, reason, true, new byte[0], now, actions);
    }

    private void fail(int code, String reason, boolean report, byte[] quoted, long now, List<RtrAction> actions) {
        if (report) {
            actions.add(new RtrAction.Send(PduCodec.errorReport(version, code, quoted, reason)));
        }
        actions.add(new RtrAction.Close());
        // What it told cannot be trusted to be what we think; it is asked for all of it, and ours stays until then.
        leaveSession();
        away("the cache sent " + reason, now, actions);
    }

    /** All is asked for next; that may well be answered, so however long the cache was away, it is asked soon. */
    private void leaveSession() {
        if (session.isPresent()) {
            pause = FIRST_PAUSE;
        }
        session = OptionalInt.empty();
    }

    private void away(String reason, long now, List<RtrAction> actions) {
        phase = Phase.AWAY;
        next = new HashSet<>();
        nextAt = now + pause;
        pause = Math.min(2 * pause, LONGEST_PAUSE);
        unreached(reason, actions);
    }

    private void unreached(String reason, List<RtrAction> actions) {
        if (reached || !said.equals(Optional.of(reason))) {
            actions.add(new RtrAction.Reached(false, reason));
        }
        reached = false;
        said = Optional.of(reason);
    }

    private void forget() {
        vrps = new HashSet<>();
        has = false;
        session = OptionalInt.empty();
    }
}
