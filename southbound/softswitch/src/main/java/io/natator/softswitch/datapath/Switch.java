package io.natator.softswitch.datapath;

import io.natator.softswitch.cache.FlowCache;
import io.natator.softswitch.cache.PathTable;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.flow.Datapath;
import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Event.PortReason;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.group.GroupTable;
import io.natator.softswitch.io.Batch;
import io.natator.softswitch.io.Idle;
import io.natator.softswitch.io.LinkState;
import io.natator.softswitch.io.PortIo;
import io.natator.softswitch.meter.MeterTable;
import io.natator.softswitch.pipeline.CopyRoom;
import io.natator.softswitch.pipeline.Executor;
import io.natator.softswitch.pipeline.Pipeline;
import io.natator.softswitch.pipeline.Tracer;
import io.natator.softswitch.steps.Translator;
import io.natator.softswitch.table.ActionCheck;
import io.natator.softswitch.table.FlowTables;
import io.natator.softswitch.table.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The datapath: one thread calls {@link #turn} again and again, and nothing else touches ports or tables. Requests are
 * carried out between two batches of packets.
 */
public final class Switch implements Datapath, AutoCloseable {
    /** What is due by the clock is looked at so often. */
    private static final long HOUSEKEEPING_NANOS = 1_000_000;

    private static final int EXPIRED_AT_ONCE = 256;
    private static final int SWEPT_AT_ONCE = 128;
    /** Sessions whose time may be over: a million a second, some tens of microseconds at a time. */
    private static final int ENDED_AT_ONCE = 1024;

    private final DatapathConfig config;
    private final Idle idle;
    private final Counts counts = new Counts();
    private final PortSet ports = new PortSet();
    private final CopyRoom room = new CopyRoom();
    private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
    private final Translator translator;
    private final Turns turns = new Turns();
    private final Frame released = new Frame();
    private final FlowTables tables;
    private final FlowCache cache;
    private final Egress egress;
    private final Pipeline pipeline;
    private final Changes changes;
    private final Requests requests;
    private final Inbox inbox = new Inbox();
    private final Batch batch = new Batch();
    private volatile List<Event.PortDescription> described = List.of();
    private long housekeepingDue;

    /** @param idle woken when something is asked */
    public Switch(DatapathConfig config, Idle idle) {
        this.config = config;
        this.idle = idle;
        GroupTable groups = new GroupTable(config.profile(), ports::isLive);
        MeterTable meters = new MeterTable(config.profile());
        Installed installed = new Installed();
        translator = new Translator(config.sessions(), counts, config.log(), config.seed());
        tables = new FlowTables(config.profile(), groups::exists, meters::exists, translator::knows, installed);
        PathTable paths = new PathTable(tables, counts);
        cache = new FlowCache(paths, counts);
        installed.cache = cache;
        PacketIns packetIns = new PacketIns(config.packetInRate(), config.packetInBurst(), counts, this::tell);
        egress = new Egress(ports, packetIns, room, counts);
        Executor executor = new Executor(egress, groups, meters, translator, counts);
        pipeline = new Pipeline(tables, cache, paths, executor, meters, translator, counts);
        changes = new Changes(tables, groups, meters, ports, cache, this::tell, this::describe, config.changesAtOnce());
        PacketOuts packetOuts = new PacketOuts(
                new ActionCheck(config.profile(), groups::exists, translator::knows), executor, room, counts);
        Tracer tracer = new Tracer(tables, groups, meters, translator);
        requests = new Requests(
                tables,
                groups,
                meters,
                paths,
                cache,
                ports,
                changes,
                packetOuts,
                new SessionRequests(translator),
                tracer,
                counts,
                turns,
                inbox);
    }

    /** Breaks the circle of tables that tell the cache, which counts at the tables. */
    private static final class Installed implements Consumer<Rule> {
        private FlowCache cache;

        @Override
        public void accept(Rule rule) {
            cache.installed(rule);
        }
    }

    @Override
    public boolean ask(Request request, Consumer<Reply> to) {
        return put(now -> requests.take(request, to, now));
    }

    /**
     * Adds a port. May be called by any thread.
     *
     * @param number 1 to {@link io.natator.softswitch.flow.Ports#MAX_ATTACHED}, not in use
     * @return false if too much is asked at once: try again later
     */
    public boolean attach(int number, PortIo io) {
        return put(now -> {
            Port port = new Port(number, io, now);
            ports.add(port);
            if (port.link().present()) {
                tell(new Event.PortStatus(PortReason.ADD, port.describe()));
            }
            describe();
            return true;
        });
    }

    /**
     * Takes a port away and closes it. May be called by any thread.
     *
     * @return false if too much is asked at once: try again later
     */
    public boolean detach(int number) {
        return put(now -> {
            Port port = ports.get(number);
            if (port != null) {
                ports.remove(port);
                egress.forget(number);
                port.io().close();
                if (port.link().present()) {
                    tell(new Event.PortStatus(PortReason.DELETE, port.describe()));
                }
                describe();
            }
            return true;
        });
    }

    /** The version of the rules that packets see now: it moves when changes are committed. */
    long version() {
        return tables.version();
    }

    private boolean put(Inbox.Work work) {
        if (!inbox.put(work)) {
            return false;
        }
        idle.wake();
        return true;
    }

    @Override
    public void listen(Consumer<Event> to) {
        listeners.add(to);
    }

    @Override
    public Profile profile() {
        return config.profile();
    }

    @Override
    public List<Event.PortDescription> ports() {
        return described;
    }

    /**
     * One turn: a batch of packets of each port, some requests, what is due by the clock.
     *
     * @param now nanoseconds of any clock that does not go back
     * @return true if there was something to do
     */
    public boolean turn(long now) {
        egress.time(now);
        boolean worked = false;
        for (Port port : ports.all()) {
            worked |= receive(port, now);
        }
        worked |= ask(now);
        if (now >= housekeepingDue) {
            housekeepingDue = now + HOUSEKEEPING_NANOS;
            keepHouse(now);
        }
        return worked;
    }

    /**
     * How long the last turn took; to be told by who has the clock, of turns in which there was something to do.
     *
     * @param now when it ended
     */
    public void took(long nanos, long now) {
        turns.took(nanos, now);
    }

    private boolean receive(Port port, long now) {
        int count = port.io().receive(batch);
        if (count == 0) {
            port.io().release(); // a block that was read ahead to its end may have been handed over only now
            return false;
        }
        if (port.is(Port.PORT_DOWN | Port.NO_RECV)) {
            counts.add(Count.RECEIVE_PORT_BLOCKED, count);
        } else {
            for (int i = 0; i < count; i++) {
                batch.frame(i).inPort = port.number();
            }
            pipeline.process(batch, now);
            flush();
            release(now);
        }
        port.io().release();
        return true;
    }

    /** Fragments that waited for the first one go on, as if they came only now. */
    private void release(long now) {
        while (translator.released(released)) {
            pipeline.process(released, now);
            flush();
        }
    }

    private boolean ask(long now) {
        requests.renew();
        boolean worked = inbox.work(now);
        if (worked) {
            for (Frame frame = egress.submitted(); frame != null; frame = egress.submitted()) {
                cache.settleChanges();
                pipeline.process(frame, now);
            }
            cache.settleChanges();
            flush();
            release(now);
        }
        return worked;
    }

    private void flush() {
        ports.flush();
        room.clear();
    }

    private void keepHouse(long now) {
        if (!changes.running()) {
            tables.expire(now, EXPIRED_AT_ONCE, this::tell);
        }
        cache.sweep(now, SWEPT_AT_ONCE);
        translator.housekeeping(now, ENDED_AT_ONCE);
        for (Port port : ports.all()) {
            LinkState link = port.io().link();
            if (!link.equals(port.link())) {
                changed(port, link);
            }
        }
    }

    private void changed(Port port, LinkState link) {
        boolean was = port.link().present();
        port.link(link);
        if (!link.up()) {
            egress.forget(port.number());
        }
        if (was || link.present()) {
            PortReason reason = !was ? PortReason.ADD : link.present() ? PortReason.MODIFY : PortReason.DELETE;
            tell(new Event.PortStatus(reason, port.describe()));
        }
        describe();
    }

    private void describe() {
        List<Event.PortDescription> all = new ArrayList<>();
        for (Port port : ports.all()) {
            if (port.link().present()) {
                all.add(port.describe());
            }
        }
        described = List.copyOf(all);
    }

    private void tell(Event event) {
        for (Consumer<Event> listener : listeners) {
            listener.accept(event);
        }
    }

    /** Closes all ports. To be called by the thread that turns, after its last turn. */
    @Override
    public void close() {
        for (Port port : ports.all()) {
            port.io().close();
        }
        room.close();
        translator.close();
    }
}
