package io.natator.softswitch.flow;

import io.natator.model.session.BindingRound;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/** What the agent asks of the datapath thread; each is answered by one {@link Reply} or more, in the order asked. */
public sealed interface Request {
    /** Makes changes one by one; a refused one does not stop the others. Answered by {@link Reply.Done}. */
    record Modify(List<Modification> changes) implements Request {}

    /** Makes all changes or none; no packet sees half of them. Answered by {@link Reply.Done}. */
    record Transaction(List<Modification> changes) implements Request {}

    /** Sends a packet as if it had come in at {@code inPort}. Answered by {@link Reply.Done}. */
    record PacketOut(int inPort, List<Action> actions, byte[] frame) implements Request {}

    /**
     * Which rules: those whose match is the same as or narrower than {@code match}.
     *
     * @param table or {@link Ports#TABLE_ALL}
     */
    record Filter(int table, int outPort, int outGroup, long cookie, long cookieMask, Match match) {}

    /** Answered by {@link Reply.Flows}, in parts of bounded size, the last one marked. */
    record FlowStats(Filter filter) implements Request {}

    /** Answered by {@link Reply.Aggregate}. */
    record AggregateStats(Filter filter) implements Request {}

    /** Answered by {@link Reply.Tables}. */
    record TableStats() implements Request {}

    /** One group, or all if empty. Answered by {@link Reply.Groups}. */
    record GroupStats(Optional<Integer> group) implements Request {}

    /** One meter, or all if empty. Answered by {@link Reply.Meters}. */
    record MeterStats(Optional<Integer> meter) implements Request {}

    /** Answered by {@link Reply.PortStats}. */
    record PortStats() implements Request {}

    /** Queues that were sent to, of all ports. Answered by {@link Reply.Queues}. */
    record QueueStats() implements Request {}

    /** Answered by {@link Reply.Counters}. */
    record Counters() implements Request {}

    /** What would become of a frame, table by table. Answered by {@link Reply.Trace}. */
    record Trace(int inPort, byte[] frame) implements Request {}

    /** What concerns translation with state. {@code wall} is the time for people when it is asked. */
    sealed interface OfSessions extends Request {}

    /** The complete set of shares, instead of the one before. Answered by {@link Reply.Done}. */
    record Shares(List<Share> shares) implements OfSessions {}

    /**
     * A page of sessions. Answered by {@link Reply.Sessions}.
     *
     * @param token of the page before; empty for the first
     * @param most 1 to 1000
     */
    record Sessions(SessionQuery query, String token, int most, Instant wall) implements OfSessions {}

    /** Ends sessions. Answered by {@link Reply.Cleared}. */
    record ClearSessions(SessionQuery query) implements OfSessions {}

    /**
     * Who had an outside address, of those that have it now. Answered by {@link Reply.Sessions}.
     *
     * @param protocol 0: any
     * @param port 0: any
     * @param at when; not after {@code wall} but by the difference of clocks
     */
    record Lookup(IpAddress outside, int protocol, int port, Instant at, Instant wall) implements OfSessions {
        private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(1);

        /** False if now is meant: who asks for now by a clock that is behind means now. */
        public boolean past() {
            return at.plus(CLOCKS_DIFFER).isBefore(wall);
        }
    }

    /** Answered by {@link Reply.Bindings}. */
    record Bindings(BindingRound round) implements OfSessions {}

    /** Answered by {@link Reply.Pools}. */
    record PoolsUse() implements OfSessions {}

    /** What is cached. Answered by {@link Reply.Text}. */
    record DumpCache() implements Request {}
}
