package io.natator.softswitch.datapath;

import io.natator.softswitch.cache.FlowCache;
import io.natator.softswitch.flow.ErrorType;
import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Modification.Command;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Modification.GroupMod;
import io.natator.softswitch.flow.Modification.MeterMod;
import io.natator.softswitch.flow.Modification.PortMod;
import io.natator.softswitch.flow.Refused;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.group.GroupTable;
import io.natator.softswitch.meter.MeterTable;
import io.natator.softswitch.table.FlowTables;
import io.natator.softswitch.table.Journal;
import java.util.List;
import java.util.function.Consumer;

/** Makes changes of tables, groups, meters and ports, some steps in a turn. */
final class Changes {
    private final FlowTables tables;
    private final GroupTable groups;
    private final MeterTable meters;
    private final PortSet ports;
    private final FlowCache cache;
    private final Consumer<Event> events;
    private final Runnable portsChanged;
    private final int atOnce;
    private int stepsLeft;
    /** What is being made; null: nothing. */
    private ChangeRun run;

    /** @param atOnce steps in a turn */
    Changes(
            FlowTables tables,
            GroupTable groups,
            MeterTable meters,
            PortSet ports,
            FlowCache cache,
            Consumer<Event> events,
            Runnable portsChanged,
            int atOnce) {
        this.tables = tables;
        this.groups = groups;
        this.meters = meters;
        this.ports = ports;
        this.cache = cache;
        this.events = events;
        this.portsChanged = portsChanged;
        this.atOnce = atOnce;
    }

    /** A new turn: so many more steps may be made in it. */
    void renew() {
        stepsLeft = atOnce;
    }

    /** True while changes are prepared or tidied up, between turns. */
    boolean running() {
        return run != null;
    }

    /**
     * Makes changes, or goes on making them, as far as the turn's steps go.
     *
     * @param asOne all or none; else each for itself
     * @return true if it is done, and answered
     */
    boolean go(List<Modification> changes, boolean asOne, Consumer<Reply> to, long now) {
        if (run == null) {
            run = new ChangeRun(this, changes, asOne);
        }
        boolean more = true;
        while (more && stepsLeft > 0) {
            more = run.step(now);
            stepsLeft--;
        }
        run.journal().told().forEach(events);
        if (!more) {
            to.accept(new Reply.Done(run.refused()));
            run = null;
        }
        return !more;
    }

    /** What is made from here on is seen by packets from {@link #commit} on. */
    void prepare() {
        tables.prepare();
    }

    void commit(Journal journal) {
        tables.commit(journal);
    }

    /** Prepares one change; if it is refused, what the journal holds of it is to be taken back. */
    void make(Modification change, long now, Journal journal) throws Refused {
        switch (change) {
            case FlowMod mod -> tables.change(mod, now, journal);
            case GroupMod mod -> groups.change(mod, tables, now, journal);
            case MeterMod mod -> {
                meters.change(mod, tables, now, journal);
                if (mod.command() == Command.MODIFY) {
                    journal.atCommit(cache::clear); // whether it remarks decides what the cache may know
                }
            }
            case PortMod mod -> change(mod, journal);
        }
    }

    private void change(PortMod mod, Journal journal) throws Refused {
        Port port = ports.get(mod.port());
        String name = "port " + Integer.toUnsignedString(mod.port());
        if (port == null) {
            throw new Refused(ErrorType.PORT_MOD_FAILED_BAD_PORT, "no " + name);
        }
        if (mod.hardwareAddress() != port.link().mac()) {
            throw new Refused(
                    ErrorType.PORT_MOD_FAILED_BAD_HW_ADDR,
                    name + " has the address %012x".formatted(port.link().mac()));
        }
        if ((mod.mask() & ~Port.KNOWN_CONFIG) != 0) {
            throw new Refused(ErrorType.PORT_MOD_FAILED_BAD_CONFIG, "config 0x%x".formatted(mod.mask()));
        }
        journal.atCommit(() -> {
            port.config((port.config() & ~mod.mask()) | (mod.config() & mod.mask()));
            portsChanged.run();
            journal.event(new Event.PortStatus(Event.PortReason.MODIFY, port.describe()));
        });
    }
}
