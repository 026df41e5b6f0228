package io.natator.lab.bench;

import io.natator.lab.LabException;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.OpenVSwitch;
import io.natator.lab.net.Wait;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleSet;
import io.natator.model.southbound.SwitchEvent;
import io.natator.openflow.OpenFlowConfig;
import io.natator.openflow.OpenFlowSwitches;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Open vSwitch in a namespace, and the controller's OpenFlow side in this process, listening in that namespace. */
final class Testbed implements AutoCloseable {
    /** Nothing that a benchmark waits for takes longer on a machine that works. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration QUIET = Duration.ofMillis(60);
    private static final Duration QUIET_AT_LAST = Duration.ofSeconds(5);

    private final Scratch scratch;
    private final BlockingQueue<Seen> events = new LinkedBlockingQueue<>();
    private Namespace namespace;
    private OpenVSwitch ovs;
    private OpenFlowSwitches switches;
    private InetSocketAddress address;
    private long generation;

    /** An event, and {@link System#nanoTime} when it came. */
    record Seen(SwitchEvent event, long at) {}

    /** Rules in sync, and {@link System#nanoTime} when they were. */
    record InSync(SwitchEvent.Synced synced, long at) {}

    private Testbed(Scratch scratch) {
        this.scratch = scratch;
    }

    /** @param arguments further ones of {@code ovs-vswitchd} */
    static Testbed start(List<String> arguments) {
        Testbed testbed = new Testbed(Scratch.create());
        try {
            testbed.build(arguments);
            return testbed;
        } catch (RuntimeException e) {
            testbed.close();
            throw e;
        }
    }

    private void build(List<String> arguments) {
        namespace = scratch.namespace("switch");
        ovs = OpenVSwitch.start(scratch.inventory(), namespace, arguments);
        switches = new OpenFlowSwitches(
                OpenFlowConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                event -> events.add(new Seen(event, System.nanoTime())));
        // A listening socket stays in the namespace of the thread that made it, and so do the accepted ones.
        address = namespace.call(switches::start);
    }

    Scratch scratch() {
        return scratch;
    }

    OpenVSwitch ovs() {
        return ovs;
    }

    OpenFlowSwitches switches() {
        return switches;
    }

    Namespace namespace() {
        return namespace;
    }

    /** For files. */
    Path dir() {
        return scratch.inventory().dir();
    }

    /** Where switches connect to. */
    InetSocketAddress address() {
        return address;
    }

    /** The same, as Open vSwitch writes it. */
    String target() {
        return "tcp:" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Wants these rules on a datapath; returns the generation to wait for. */
    long desire(long datapathId, List<Rule> rules) {
        generation++;
        switches.desire(datapathId, new RuleSet(generation, rules));
        return generation;
    }

    /** Waits until the datapath holds this generation; rules that were refused are an error. */
    InSync awaitSync(long datapathId, long wanted) {
        return checked(await(
                "rules of datapath " + datapathId + " in sync",
                e -> e instanceof SwitchEvent.Synced s && s.datapathId() == datapathId && s.generation() == wanted));
    }

    /** Waits until the datapath has told what it can do; returns {@link System#nanoTime} when it had. */
    long awaitConnected(long datapathId) {
        return await(
                        "datapath " + datapathId + " to connect",
                        e -> e instanceof SwitchEvent.Connected c && c.datapathId() == datapathId)
                .at();
    }

    /** Waits until the datapath is in sync once more, whatever the generation. */
    InSync awaitNextSync(long datapathId) {
        return checked(await(
                "rules of datapath " + datapathId + " in sync",
                e -> e instanceof SwitchEvent.Synced s && s.datapathId() == datapathId));
    }

    /** Waits until each of these datapaths has been in sync once more, whatever the generation. */
    void awaitSyncs(Collection<Long> datapathIds, Consumer<InSync> each) {
        Set<Long> left = new HashSet<>(datapathIds);
        while (!left.isEmpty()) {
            Seen seen = await(
                    left.size() + " datapaths in sync",
                    e -> e instanceof SwitchEvent.Synced s && left.contains(s.datapathId()));
            left.remove(seen.event().datapathId());
            each.accept(checked(seen));
        }
    }

    private static InSync checked(Seen seen) {
        SwitchEvent.Synced synced = (SwitchEvent.Synced) seen.event();
        if (!synced.failures().isEmpty()) {
            throw new LabException(synced.failures().size() + " rules were refused, the first: "
                    + synced.failures().getFirst());
        }
        return new InSync(synced, seen.at());
    }

    /** Waits until so many datapaths have gone. */
    void awaitDisconnected(int count) {
        for (int i = 0; i < count; i++) {
            Seen _ = await("disconnection", e -> e instanceof SwitchEvent.Disconnected);
        }
    }

    private Seen await(String what, Predicate<SwitchEvent> wanted) {
        long end = System.nanoTime() + LIMIT.toNanos();
        try {
            while (true) {
                Seen seen = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (seen == null) {
                    throw new LabException("waited " + LIMIT.toSeconds() + " s in vain for " + what);
                }
                if (wanted.test(seen.event())) {
                    return seen;
                }
                if (seen.event() instanceof SwitchEvent.SyncFailed failed) {
                    throw new LabException("while waiting for " + what + ": " + failed.reason());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    /** Calls {@code connect} and returns {@link System#nanoTime} of the first TCP connection after that. */
    long firstConnection(Runnable connect) {
        long before = connections();
        Thread caller = Thread.ofPlatform().daemon().name("connect").start(connect);
        long end = System.nanoTime() + LIMIT.toNanos();
        while (connections() == before) {
            if (System.nanoTime() > end) {
                throw new LabException("no switch connected within " + LIMIT.toSeconds() + " s");
            }
            LockSupport.parkNanos(100_000);
        }
        long at = System.nanoTime();
        try {
            caller.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
        return at;
    }

    private long connections() {
        return switches.counters().get("connections");
    }

    /** Flows of a bridge, by its own count. */
    long flows(String bridge) {
        String text = ovs.ofctl("dump-aggregate", bridge);
        int at = text.indexOf("flow_count=");
        if (at < 0) {
            throw new LabException("no flow_count in: " + text);
        }
        return Long.parseLong(
                text.substring(at + "flow_count=".length()).strip().split("\\D", 2)[0]);
    }

    /** Fails if a bridge holds another number of flows. */
    void checkFlows(String bridge, long wanted) {
        long flows = flows(bridge);
        if (flows != wanted) {
            throw new LabException(bridge + " holds " + flows + " flows instead of " + wanted);
        }
    }

    /** Waits until the switch daemon has done what it put off (it frees removed flows later), at most 5 s. */
    void settle() {
        long end = System.nanoTime() + QUIET_AT_LAST.toNanos();
        long before = -1;
        for (long now = ovs.cpuTicks(); now != before && System.nanoTime() < end; now = ovs.cpuTicks()) {
            before = now;
            Wait.pause(QUIET);
        }
    }

    @Override
    public void close() {
        if (switches != null) {
            switches.close();
        }
        scratch.close();
    }
}
