package io.natator.core;

import io.natator.core.status.DeviceStatus;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.Route;
import io.natator.model.intent.Translation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/**
 * Next hops and on-link hosts of one ROUTED device: asked for with retries, refreshed before they are stale.
 * Next hops of routes stay known once resolved, even if they fall silent: a stale MAC loses nothing, a missing
 * one everything. On-link hosts that fall silent are forgotten; the next packet for them asks anew.
 */
final class NextHops {
    private static final class Entry {
        private MacAddress mac;
        private Instant heard = Instant.MIN;
        private Instant asked = Instant.MIN;
        private int unanswered;
        private boolean fixed;
    }

    private final long datapathId;
    private final Limits limits;
    private final Map<IpAddress, Entry> entries = new TreeMap<>();
    private Device device;
    private Instant nextScan = Instant.MIN;
    private Instant window = Instant.MIN;
    private int askedInWindow;
    private long refused;

    NextHops(long datapathId, Limits limits) {
        this.datapathId = datapathId;
        this.limits = limits;
    }

    /** What an earlier process knew: used at once, and asked for again soon. */
    void remembered(Map<IpAddress, MacAddress> known) {
        known.forEach((address, mac) -> {
            if (port(address).isPresent() || entries.containsKey(address)) {
                entries.computeIfAbsent(address, x -> new Entry()).mac = mac;
            }
        });
    }

    /** Follows a new configuration of the device. */
    void configure(Device device, Outbox outbox) {
        this.device = device;
        Set<IpAddress> fixed = new TreeSet<>();
        device.routes().stream().map(Route::nextHop).forEach(fixed::add);
        List<IpAddress> stray = entries.keySet().stream()
                .filter(a -> !fixed.contains(a) && port(a).isEmpty())
                .toList();
        stray.forEach(a -> forget(a, outbox));
        entries.values().forEach(e -> e.fixed = false);
        fixed.forEach(a -> entries.computeIfAbsent(a, x -> new Entry()).fixed = true);
        nextScan = Instant.MIN;
    }

    /** What the compiler found to be missing. */
    void fixed(Set<IpAddress> wanted) {
        for (IpAddress address : wanted) {
            Entry entry = entries.computeIfAbsent(address, x -> new Entry());
            if (!entry.fixed) {
                entry.fixed = true;
                nextScan = Instant.MIN;
            }
        }
    }

    /** What can be used in rules now. */
    Map<IpAddress, MacAddress> resolved() {
        Map<IpAddress, MacAddress> resolved = new TreeMap<>();
        entries.forEach((address, entry) -> {
            if (entry.mac != null) {
                resolved.put(address, entry.mac);
            }
        });
        return resolved;
    }

    /** Routes' next hops that nobody answers for. */
    List<IpAddress> missing() {
        return entries.entrySet().stream()
                .filter(e -> e.getValue().fixed && e.getValue().mac == null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The same of one family. */
    List<IpAddress> missing(Translation of) {
        return missing().stream().filter(a -> of.involves(a.isIp4())).toList();
    }

    /** Routes' next hops that were resolved once and have fallen silent. */
    List<IpAddress> silent() {
        return entries.entrySet().stream()
                .filter(e -> e.getValue().fixed
                        && e.getValue().mac != null
                        && e.getValue().unanswered >= limits.nextHopAttempts())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** An address was heard of. True if rules must change. */
    boolean seen(IpAddress address, MacAddress mac, Instant now, Outbox outbox) {
        if (!entries.containsKey(address) && (port(address).isEmpty() || !hasRoom())) {
            return false;
        }
        Entry entry = entries.computeIfAbsent(address, x -> new Entry());
        entry.heard = now;
        entry.unanswered = 0;
        if (mac.equals(entry.mac)) {
            return false;
        }
        entry.mac = mac;
        outbox.add(new Effect.RememberNextHop(datapathId, address, Optional.of(mac)));
        return true;
    }

    /** A packet came for an on-link address that no rule knows. */
    void wanted(IpAddress address) {
        if (entries.containsKey(address) || port(address).isEmpty() || !hasRoom()) {
            return;
        }
        entries.put(address, new Entry());
        nextScan = Instant.MIN;
    }

    private boolean hasRoom() {
        if (entries.size() < limits.nextHopsMax()) {
            return true;
        }
        refused++;
        return false;
    }

    /** Asks what is due. True if rules must change because a host fell silent. */
    boolean advance(Instant now, Outbox outbox) {
        if (now.isBefore(nextScan)) {
            return false;
        }
        if (!now.isBefore(window.equals(Instant.MIN) ? now : window.plusSeconds(1))) {
            window = now;
            askedInWindow = 0;
        }
        boolean changed = false;
        nextScan = Instant.MAX;
        List<IpAddress> silent = new ArrayList<>();
        for (var known : entries.entrySet()) {
            Entry entry = known.getValue();
            if (!now.isBefore(due(entry)) && !entry.fixed && entry.unanswered >= limits.nextHopAttempts()) {
                silent.add(known.getKey());
                changed |= entry.mac != null;
                continue;
            }
            if (!now.isBefore(due(entry)) && askedInWindow < limits.nextHopsAtOnce()) {
                askedInWindow++;
                entry.unanswered = Math.min(entry.unanswered + 1, 1 << 20);
                entry.asked = now;
                outbox.add(new Effect.Resolve(datapathId, known.getKey()));
            }
            Instant due = due(entry);
            Instant soonest = window.plusSeconds(1);
            Instant next = due.isAfter(now) ? due : soonest;
            nextScan = next.isBefore(nextScan) ? next : nextScan;
        }
        silent.forEach(a -> forget(a, outbox));
        return changed;
    }

    /** When an entry is to be asked for: retries slow down to every 30 s. */
    private Instant due(Entry entry) {
        Instant retry = Instant.MIN;
        if (!entry.asked.equals(Instant.MIN)) {
            long slower = entry.fixed && entry.unanswered > limits.nextHopAttempts() ? 30 : 1;
            Duration pause = limits.nextHopRetry().multipliedBy(slower);
            retry = entry.asked.plus(pause);
        }
        if (entry.mac == null || entry.heard.equals(Instant.MIN)) {
            return retry;
        }
        Instant refresh = entry.heard.plus(limits.nextHopRefresh());
        return refresh.isAfter(retry) ? refresh : retry;
    }

    private void forget(IpAddress address, Outbox outbox) {
        Entry entry = entries.remove(address);
        if (entry != null && entry.mac != null) {
            outbox.add(new Effect.RememberNextHop(datapathId, address, Optional.empty()));
        }
    }

    private Optional<DevicePort> port(IpAddress address) {
        return device.ports().stream()
                .filter(p -> p.gateways().stream().anyMatch(g -> g.onLink().contains(address)))
                .findFirst();
    }

    /** When to {@link #advance} next. */
    Instant deadline() {
        return nextScan;
    }

    /** For people; at most {@code most}. */
    List<DeviceStatus.NextHop> status(int most) {
        return entries.entrySet().stream()
                .limit(most)
                .map(e -> new DeviceStatus.NextHop(
                        e.getKey(),
                        port(e.getKey()).map(DevicePort::port).orElse(""),
                        Optional.ofNullable(e.getValue().mac)))
                .toList();
    }

    /** Addresses that found the table full. */
    long refused() {
        return refused;
    }
}
