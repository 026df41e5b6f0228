package io.natator.softswitch.datapath;

import io.natator.softswitch.cache.FlowCache;
import io.natator.softswitch.cache.PathTable;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import io.natator.softswitch.group.GroupTable;
import io.natator.softswitch.meter.MeterTable;
import io.natator.softswitch.pipeline.Tracer;
import io.natator.softswitch.table.Dump;
import io.natator.softswitch.table.FlowTables;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Answers requests, on the datapath thread; long ones part by part. */
final class Requests {
    /** Rules that are looked at in one turn. */
    private static final int DUMPED_AT_ONCE = 512;

    private final FlowTables tables;
    private final GroupTable groups;
    private final MeterTable meters;
    private final PathTable paths;
    private final FlowCache cache;
    private final PortSet ports;
    private final Changes changes;
    private final PacketOuts packetOuts;
    private final SessionRequests sessions;
    private final Tracer tracer;
    private final Counts counts;
    private final Turns turns;
    private final Inbox inbox;
    /** The walk over rules that goes on; null if there is none. */
    private Dump dump;

    private long packets;
    private long bytes;
    private int flows;

    Requests(
            FlowTables tables,
            GroupTable groups,
            MeterTable meters,
            PathTable paths,
            FlowCache cache,
            PortSet ports,
            Changes changes,
            PacketOuts packetOuts,
            SessionRequests sessions,
            Tracer tracer,
            Counts counts,
            Turns turns,
            Inbox inbox) {
        this.turns = turns;
        this.tables = tables;
        this.groups = groups;
        this.meters = meters;
        this.paths = paths;
        this.cache = cache;
        this.ports = ports;
        this.changes = changes;
        this.packetOuts = packetOuts;
        this.sessions = sessions;
        this.tracer = tracer;
        this.counts = counts;
        this.inbox = inbox;
    }

    /** A new turn: so much more may be done in it. */
    void renew() {
        changes.renew();
        sessions.renew();
    }

    /** Answers, or goes on answering. Returns true if the last answer was given. */
    boolean take(Request request, Consumer<Reply> to, long now) {
        switch (request) {
            case Request.Modify modify -> {
                return changes.go(modify.changes(), false, to, now);
            }
            case Request.Transaction transaction -> {
                return changes.go(transaction.changes(), true, to, now);
            }
            case Request.PacketOut out -> to.accept(packetOuts.send(out, now));
            case Request.FlowStats stats -> {
                return dump(stats.filter(), to, now);
            }
            case Request.AggregateStats stats -> {
                return aggregate(stats.filter(), to, now);
            }
            case Request.TableStats _ -> {
                paths.settle();
                to.accept(new Reply.Tables(tables.describe()));
            }
            case Request.GroupStats stats -> to.accept(new Reply.Groups(groups.describe(stats.group(), tables, now)));
            case Request.MeterStats stats -> to.accept(new Reply.Meters(meters.describe(stats.meter(), tables, now)));
            case Request.PortStats _ -> to.accept(portStats(now));
            case Request.QueueStats _ -> to.accept(queueStats(now));
            case Request.Counters _ -> {
                paths.settle();
                to.accept(counters());
            }
            case Request.OfSessions ask -> {
                return sessions.take(ask, to, now);
            }
            case Request.Trace trace -> to.accept(new Reply.Trace(tracer.trace(trace.inPort(), trace.frame())));
            case Request.DumpCache _ -> to.accept(new Reply.Text(cache.describe()));
        }
        return true;
    }

    private boolean dump(Request.Filter filter, Consumer<Reply> to, long now) {
        if (dump == null) {
            dump = tables.dump(filter);
        }
        List<Reply.Flow> part = dump.next(DUMPED_AT_ONCE, now);
        boolean last = dump.done();
        if (last || !part.isEmpty()) {
            to.accept(new Reply.Flows(part, last));
        }
        if (last) {
            dump = null;
        }
        return last;
    }

    private boolean aggregate(Request.Filter filter, Consumer<Reply> to, long now) {
        if (dump == null) {
            dump = tables.dump(filter);
            packets = 0;
            bytes = 0;
            flows = 0;
        }
        for (Reply.Flow flow : dump.next(DUMPED_AT_ONCE, now)) {
            packets += flow.packets();
            bytes += flow.bytes();
            flows++;
        }
        if (!dump.done()) {
            return false;
        }
        dump = null;
        to.accept(new Reply.Aggregate(packets, bytes, flows));
        return true;
    }

    private Reply portStats(long now) {
        List<Reply.Port> all = new ArrayList<>();
        for (Port port : ports.all()) {
            if (port.link().present()) {
                all.add(port.count(now));
            }
        }
        return new Reply.PortStats(all);
    }

    private Reply queueStats(long now) {
        List<Reply.Queue> all = new ArrayList<>();
        for (Port port : ports.all()) {
            all.addAll(port.queues(now));
        }
        return new Reply.Queues(all);
    }

    private Reply counters() {
        counts.set(Count.TURN_MEDIAN_NANOS, turns.quantile(500));
        counts.set(Count.TURN_WORST_THOUSANDTH_NANOS, turns.quantile(999));
        counts.set(Count.REQUESTS_TURNED_AWAY, inbox.turnedAway());
        return new Reply.Counters(counts.describe());
    }
}
