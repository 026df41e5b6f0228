package io.natator.softswitch.flow;

import io.natator.model.session.BindingRound;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.softswitch.io.PortCounters;
import java.util.List;

/** What the datapath thread answers. */
public sealed interface Reply {
    /** A change that was refused, by its index in the request. */
    record Refused(int index, Refusal refusal) {}

    /** Of a transaction at most one is refused, and then nothing was done. */
    record Done(List<Refused> refused) implements Reply {}

    /**
     * One rule as it stands.
     *
     * @param ageNanos since it was installed
     */
    record Flow(
            int table,
            int priority,
            long cookie,
            int idleTimeout,
            int hardTimeout,
            int flags,
            Match match,
            Instructions instructions,
            long packets,
            long bytes,
            long ageNanos) {}

    record Flows(List<Flow> flows, boolean last) implements Reply {}

    record Aggregate(long packets, long bytes, int flows) implements Reply {}

    record Table(int table, int active, long lookups, long matched) {}

    record Tables(List<Table> tables) implements Reply {}

    record BucketCount(long packets, long bytes) {}

    record Group(
            Modification.GroupMod group,
            int references,
            long packets,
            long bytes,
            long ageNanos,
            List<BucketCount> buckets) {}

    record Groups(List<Group> groups) implements Reply {}

    record Meter(
            Modification.MeterMod meter,
            int references,
            long packets,
            long bytes,
            long ageNanos,
            List<BucketCount> bands) {}

    record Meters(List<Meter> meters) implements Reply {}

    record Port(int port, PortCounters counters, long ageNanos) {}

    record PortStats(List<Port> ports) implements Reply {}

    /**
     * A queue of a port. Queues are counted, not scheduled.
     *
     * @param ageNanos since it was first sent to
     */
    record Queue(int port, int queue, long packets, long bytes, long errors, long ageNanos) {}

    record Queues(List<Queue> queues) implements Reply {}

    /** @param name as docs/counters.md explains it */
    record Counter(String name, long value) {}

    record Counters(List<Counter> counters) implements Reply {}

    /** @param nextToken empty if there are no more */
    record Sessions(List<Session> sessions, String nextToken) implements Reply {}

    /** @param sessions that were ended */
    record Cleared(long sessions) implements Reply {}

    record Bindings(BindingRound.Answer answer) implements Reply {}

    record Pools(List<PoolUse> pools) implements Reply {}

    record Trace(List<String> lines) implements Reply {}

    record Text(List<String> lines) implements Reply {}
}
