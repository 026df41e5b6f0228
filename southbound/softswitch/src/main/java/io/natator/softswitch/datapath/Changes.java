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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes changes of tables, groups, meters and ports: each for itself, or all or none. */
final class Changes {
    private final FlowTables tables;
    private final GroupTable groups;
    private final MeterTable meters;
    private final PortSet ports;
    private final FlowCache cache;
    private final Consumer<Event> events;
    private final Runnable portsChanged;

    Changes(
            FlowTables tables,
            GroupTable groups,
            MeterTable meters,
            PortSet ports,
            FlowCache cache,
            Consumer<Event> events,
            Runnable portsChanged) {
        this.tables = tables;
        this.groups = groups;
        this.meters = meters;
        this.ports = ports;
        this.cache = cache;
        this.events = events;
        this.portsChanged = portsChanged;
    }

    Reply.Done each(List<Modification> changes, long now) {
        List<Reply.Refused> refused = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Journal journal = new Journal();
            try {
                change(changes.get(i), now, journal);
            } catch (Refused e) {
                journal.rollBack();
                refused.add(new Reply.Refused(i, e.refusal()));
            }
            journal.commit().forEach(events);
        }
        return new Reply.Done(refused);
    }

    Reply.Done all(List<Modification> changes, long now) {
        Journal journal = new Journal();
        for (int i = 0; i < changes.size(); i++) {
            try {
                change(changes.get(i), now, journal);
            } catch (Refused e) {
                journal.rollBack();
                return new Reply.Done(List.of(new Reply.Refused(i, e.refusal())));
            }
        }
        journal.commit().forEach(events);
        return new Reply.Done(List.of());
    }

    private void change(Modification change, long now, Journal journal) throws Refused {
        switch (change) {
            case FlowMod mod -> tables.change(mod, now, journal);
            case GroupMod mod -> groups.change(mod, tables, now, journal);
            case MeterMod mod -> {
                meters.change(mod, tables, now, journal);
                if (mod.command() == Command.MODIFY) {
                    cache.clear(); // whether it remarks decides what the cache may know
                    journal.undo(cache::clear);
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
        int before = port.config();
        configure(port, (before & ~mod.mask()) | (mod.config() & mod.mask()));
        journal.undo(() -> configure(port, before));
        journal.event(new Event.PortStatus(Event.PortReason.MODIFY, port.describe()));
    }

    private void configure(Port port, int config) {
        port.config(config);
        portsChanged.run();
    }
}
