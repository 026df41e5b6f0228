package io.natator.core.sim;

import io.natator.core.Effect;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleText;
import io.natator.model.session.Binding;
import io.natator.model.session.BindingRound;
import io.natator.model.session.BindingRound.Busy;
import io.natator.model.southbound.SwitchEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.onlab.packet.IpAddress;

/**
 * Rules that go by themselves on switches, and bindings with their holds on software switches: as much of these as decides whether a
 * rule may stand.
 */
final class FakeBindings {
    /** @param until when it goes by itself */
    record Leased(List<Rule> rules, Instant until, long packets) {}

    /** @param until address is given to no other host before */
    record Hold(IpAddress inside, Instant until) {}

    /** What one software switch knows; lost when it restarts. */
    static final class Memory {
        final Map<IpAddress, Binding> byOutside = new TreeMap<>();
        final Map<IpAddress, Hold> holds = new HashMap<>();
        final Map<Integer, Boolean> open = new HashMap<>();
        /** Packets a minute by the software switch. */
        final Map<Binding, Long> rates = new HashMap<>();
    }

    private static final Pattern IN = Pattern.compile("nw_dst=([^,]+),actions=set_field:(.+)->ip_dst");
    private static final Pattern OUT = Pattern.compile("nw_src=([^,]+),actions=set_field:(.+)->ip_src");

    private final World world;
    final Map<Long, Map<Long, Leased>> leased = new TreeMap<>();
    final Map<Long, Memory> memories = new TreeMap<>();
    /** Packets that each lease gets between two readings. */
    long traffic;
    /** Rules of leases that a device has room for. */
    int room = Integer.MAX_VALUE;

    int rounds;
    /** Leases that devices were told to remove. */
    int released;

    FakeBindings(World world) {
        this.world = world;
    }

    Memory memory(FakeSwitch software) {
        return memories.computeIfAbsent(software.datapathId, _ -> new Memory());
    }

    Map<Long, Leased> on(FakeSwitch device) {
        Map<Long, Leased> all = leased.computeIfAbsent(device.datapathId, _ -> new TreeMap<>());
        all.values().removeIf(l -> !l.until().isAfter(world.now));
        return all;
    }

    /** Packets that rules counted that stand on a device. */
    long packets(FakeSwitch device) {
        return on(device).values().stream().mapToLong(Leased::packets).sum();
    }

    /** Which host each outside address leads to by rules of a device, and which address each host gets. */
    Map<IpAddress, Set<IpAddress>> standing(FakeSwitch device) {
        Map<IpAddress, Set<IpAddress>> hosts = new TreeMap<>();
        for (Leased lease : on(device).values()) {
            for (Rule rule : lease.rules()) {
                String text = RuleText.describe(rule);
                Matcher in = IN.matcher(text);
                Matcher out = OUT.matcher(text);
                if (in.find()) {
                    hosts.computeIfAbsent(IpAddress.valueOf(in.group(1)), _ -> new TreeSet<>())
                            .add(IpAddress.valueOf(in.group(2)));
                }
                if (out.find()) {
                    hosts.computeIfAbsent(IpAddress.valueOf(out.group(2)), _ -> new TreeSet<>())
                            .add(IpAddress.valueOf(out.group(1)));
                }
            }
        }
        return hosts;
    }

    /** A host sends its first packet: it gets an address if there is one. */
    boolean bind(FakeSwitch software, int share, IpAddress inside, IpAddress outside) {
        Memory memory = memory(software);
        Hold hold = memory.holds.get(outside);
        boolean held = hold != null
                && hold.until().isAfter(world.now)
                && !hold.inside().equals(inside);
        if (held || !memory.open.getOrDefault(share, false) || memory.byOutside.containsKey(outside)) {
            return false;
        }
        memory.byOutside.put(outside, new Binding(share, inside, outside));
        return true;
    }

    /** True unless it is held: bindings that are held are not idle. */
    boolean end(FakeSwitch software, IpAddress outside) {
        Memory memory = memory(software);
        Hold hold = memory.holds.get(outside);
        if (hold != null && hold.until().isAfter(world.now)) {
            return false;
        }
        memory.byOutside.remove(outside);
        return true;
    }

    void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Lease e -> {
                FakeSwitch device = world.switches.get(e.datapathId());
                if (device.connected) {
                    Map<Long, Leased> all = on(device);
                    long packets = all.containsKey(e.id()) ? all.get(e.id()).packets() : 0;
                    if (all.containsKey(e.id()) || all.size() < room) {
                        all.put(e.id(), new Leased(e.rules(), world.now.plus(e.time()), packets));
                    }
                }
            }
            case Effect.Release e -> {
                FakeSwitch device = world.switches.get(e.datapathId());
                if (device.connected) {
                    e.ids().forEach(on(device)::remove);
                    released += e.ids().size();
                }
            }
            case Effect.ReadLeases e -> read(e);
            case Effect.AskBindings e -> answer(e);
            default -> throw new IllegalArgumentException(effect.toString());
        }
    }

    /** The switch answers as it was when it was asked; the answer takes a while. */
    private void read(Effect.ReadLeases asked) {
        FakeSwitch device = world.switches.get(asked.datapathId());
        if (!device.connected) {
            return;
        }
        Map<Long, SwitchEvent.Lease> byId = new HashMap<>();
        on(device).replaceAll((_, l) -> new Leased(l.rules(), l.until(), l.packets() + traffic));
        on(device)
                .forEach((id, l) ->
                        byId.put(id, new SwitchEvent.Lease(l.rules().size(), l.packets(), l.packets() * 100)));
        world.after(1 + world.random.nextInt(50), () -> {
            if (device.connected) {
                world.fromSwitch(new SwitchEvent.Leases(asked.datapathId(), asked.number(), byId));
            }
        });
    }

    private void answer(Effect.AskBindings asked) {
        FakeSwitch software = world.switches.get(asked.datapathId());
        if (!software.connected) {
            return;
        }
        rounds++;
        Memory memory = memory(software);
        asked.round().open().forEach(s -> memory.open.put(s, true));
        List<Binding> gone = new ArrayList<>();
        for (BindingRound.Held held : asked.round().held()) {
            Binding binding = held.binding();
            boolean there = binding.equals(memory.byOutside.get(binding.outside()));
            if (held.hold().isZero()) {
                memory.holds.computeIfPresent(
                        binding.outside(), (_, h) -> h.inside().equals(binding.inside()) ? null : h);
            } else if (there) {
                memory.holds.put(binding.outside(), new Hold(binding.inside(), world.now.plus(held.hold())));
            }
            if (!there) {
                gone.add(binding);
            }
        }
        List<Busy> busy = memory.byOutside.values().stream()
                .map(b -> new Busy(b, memory.rates.getOrDefault(b, 0L)))
                .filter(b -> b.packets() > 0)
                .sorted((a, b) -> Long.compare(b.packets(), a.packets()))
                .limit(asked.round().most())
                .toList();
        world.after(1 + world.random.nextInt(50), () -> {
            if (software.connected) {
                world.fromSwitch(new SwitchEvent.Bindings(
                        asked.datapathId(),
                        new BindingRound.Answer(asked.round().number(), gone, busy)));
            }
        });
    }

    /** What a connection begins with: rules of an earlier one go. */
    void connected(FakeSwitch device) {
        on(device).clear();
    }
}
