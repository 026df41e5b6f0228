package io.natator.model.intent;

import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Forward;
import io.natator.model.intent.Pool.Mapping;
import io.natator.model.intent.Pool.OtherProtocols;
import io.natator.model.intent.Pool.Pairing;
import io.natator.model.intent.Pool.Reservation;
import io.natator.model.intent.Pool.Timers;
import java.time.Duration;
import java.util.List;
import org.onlab.packet.IpPrefix;

/** A {@link Pool} that is like another one but for what is said; each method is named after what it changes. */
public final class PoolBuilder {
    private List<IpPrefix> also;
    private int firstPort;
    private int lastPort;
    private Mapping mapping;
    private Filtering filtering;
    private Pairing pairing;
    private boolean preservePort;
    private boolean preserveParity;
    private int sessionsPerHost;
    private int portsPerHost;
    private int portBlock;
    private boolean deterministic;
    private List<Forward> forwards;
    private List<Reservation> reservations;
    private Duration sticky;
    private Duration idle;
    private Timers timers;
    private int mss;
    private OtherProtocols otherProtocols;
    private int hardwareBindings;

    PoolBuilder(Pool from) {
        also = from.also();
        firstPort = from.firstPort();
        lastPort = from.lastPort();
        mapping = from.mapping();
        filtering = from.filtering();
        pairing = from.pairing();
        preservePort = from.preservePort();
        preserveParity = from.preserveParity();
        sessionsPerHost = from.sessionsPerHost();
        portsPerHost = from.portsPerHost();
        portBlock = from.portBlock();
        deterministic = from.deterministic();
        forwards = from.forwards();
        reservations = from.reservations();
        sticky = from.sticky();
        idle = from.idle();
        timers = from.timers();
        mss = from.mss();
        otherProtocols = from.otherProtocols();
        hardwareBindings = from.hardwareBindings();
    }

    public PoolBuilder also(List<IpPrefix> value) {
        also = value;
        return this;
    }

    public PoolBuilder firstPort(int value) {
        firstPort = value;
        return this;
    }

    public PoolBuilder lastPort(int value) {
        lastPort = value;
        return this;
    }

    public PoolBuilder mapping(Mapping value) {
        mapping = value;
        return this;
    }

    public PoolBuilder filtering(Filtering value) {
        filtering = value;
        return this;
    }

    public PoolBuilder pairing(Pairing value) {
        pairing = value;
        return this;
    }

    public PoolBuilder preservePort(boolean value) {
        preservePort = value;
        return this;
    }

    public PoolBuilder preserveParity(boolean value) {
        preserveParity = value;
        return this;
    }

    public PoolBuilder sessionsPerHost(int value) {
        sessionsPerHost = value;
        return this;
    }

    public PoolBuilder portsPerHost(int value) {
        portsPerHost = value;
        return this;
    }

    public PoolBuilder portBlock(int value) {
        portBlock = value;
        return this;
    }

    public PoolBuilder deterministic(boolean value) {
        deterministic = value;
        return this;
    }

    public PoolBuilder forwards(List<Forward> value) {
        forwards = value;
        return this;
    }

    public PoolBuilder reservations(List<Reservation> value) {
        reservations = value;
        return this;
    }

    public PoolBuilder sticky(Duration value) {
        sticky = value;
        return this;
    }

    public PoolBuilder idle(Duration value) {
        idle = value;
        return this;
    }

    public PoolBuilder timers(Timers value) {
        timers = value;
        return this;
    }

    public PoolBuilder mss(int value) {
        mss = value;
        return this;
    }

    public PoolBuilder otherProtocols(OtherProtocols value) {
        otherProtocols = value;
        return this;
    }

    public PoolBuilder hardwareBindings(int value) {
        hardwareBindings = value;
        return this;
    }

    public Pool build() {
        return new Pool(
                also,
                firstPort,
                lastPort,
                mapping,
                filtering,
                pairing,
                preservePort,
                preserveParity,
                sessionsPerHost,
                portsPerHost,
                portBlock,
                deterministic,
                forwards,
                reservations,
                sticky,
                idle,
                timers,
                mss,
                otherProtocols,
                hardwareBindings);
    }
}
