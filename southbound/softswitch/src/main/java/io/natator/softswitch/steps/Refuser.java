package io.natator.softswitch.steps;

import io.natator.model.intent.Kind;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.session.Refusal;
import io.natator.softswitch.session.SessionLog;
import io.natator.softswitch.session.ShareState;
import io.natator.softswitch.session.TokenBucket;

/** Counts what is not translated, and tells inside hosts if it is for want of something. */
final class Refuser {
    /** Destination unreachable of ICMP and ICMPv6. */
    private static final int UNREACHABLE = 3;

    private static final int UNREACHABLE_6 = 1;
    /** ICMP destination unreachable, code 1 (RFC 792). */
    private static final int HOST_UNREACHABLE = 1;
    /** Code 13: communication administratively prohibited (RFC 1812, section 5.2.7.1; RFC 5508, section 6). */
    private static final int PROHIBITED = 13;
    /** The same of ICMPv6 (RFC 4443, section 3.1). */
    private static final int PROHIBITED_6 = 1;
    /** Address unreachable: there is no outside port to be had (RFC 6146, section 3.5.1). */
    private static final int ADDRESS_UNREACHABLE_6 = 3;

    private final Counts counts;
    private final SessionLog log;
    private final TokenBucket errors;

    Refuser(Counts counts, SessionLog log, int errorsPerSecond) {
        this.counts = counts;
        this.log = log;
        errors = new TokenBucket(errorsPerSecond);
    }

    /** A packet that is dropped. */
    int drop(ShareState share, Refusal why) {
        share.refuse(why);
        counts.add(count(why));
        return Verdict.DROP;
    }

    /** A packet from inside for which something is missing: its sender is told. */
    int missing(ShareState share, Packet p, Refusal why, int remotePort) {
        share.refuse(why);
        counts.add(count(why));
        log.refused(
                share.share.id(), p.protocol(), p.high(true), p.low(true), p.address(false), remotePort, why, p.now);
        return answer(
                p,
                p.version() == 6
                        ? UNREACHABLE_6 << 8 | code6(why)
                        : UNREACHABLE << 8 | (share.kind == Kind.DYNAMIC ? HOST_UNREACHABLE : PROHIBITED),
                0);
    }

    /**
     * A packet that is dropped, and its sender told.
     *
     * @param typeAndCode of ICMP or ICMPv6, the type times 256 and the code
     * @param word the second one of the error: MTU, pointer or 0
     */
    int tell(Packet p, Count why, int typeAndCode, int word) {
        counts.add(why);
        return answer(p, typeAndCode, word);
    }

    private int answer(Packet p, int typeAndCode, int word) {
        if (!Unreachable.mayAnswer(p)) {
            return Verdict.DROP;
        }
        if (!errors.take(p.now)) {
            counts.add(Count.TRANSLATE_ERRORS_LIMITED);
            return Verdict.DROP;
        }
        if (!Unreachable.turn(p, typeAndCode, word)) {
            return Verdict.DROP;
        }
        counts.add(Count.TRANSLATE_ERRORS_SENT);
        return Verdict.REPLY;
    }

    private static int code6(Refusal why) {
        return switch (why) {
            case HOST_SESSIONS, HOST_PORTS -> PROHIBITED_6;
            default -> ADDRESS_UNREACHABLE_6;
        };
    }

    /** A packet that cannot be understood. */
    int drop(Count why) {
        counts.add(why);
        return Verdict.DROP;
    }

    void count(Count what) {
        counts.add(what);
    }

    private static Count count(Refusal why) {
        return switch (why) {
            case POOL_EMPTY -> Count.TRANSLATE_POOL_EMPTY;
            case HOST_SESSIONS -> Count.TRANSLATE_HOST_SESSIONS;
            case HOST_PORTS -> Count.TRANSLATE_HOST_PORTS;
            case TABLE_FULL -> Count.TRANSLATE_TABLE_FULL;
            case NO_MAPPING -> Count.TRANSLATE_NO_MAPPING;
            case FILTERED -> Count.TRANSLATE_FILTERED;
            case PROTOCOL -> Count.TRANSLATE_PROTOCOL;
            case NOT_A_SYN -> Count.TRANSLATE_NOT_A_SYN;
            case NOT_INSIDE -> Count.TRANSLATE_NOT_INSIDE;
            case LAND -> Count.TRANSLATE_LAND;
            case NOT_OPEN -> Count.TRANSLATE_NOT_OPEN;
        };
    }
}
