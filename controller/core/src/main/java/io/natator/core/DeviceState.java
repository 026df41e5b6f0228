package io.natator.core;

import io.natator.model.compile.Refusal;
import io.natator.model.compile.Surroundings;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.onlab.packet.IpAddress;

/** The facts about one device, shared by those that derive something from them. */
final class DeviceState {
    final long datapathId;
    final Limits limits;
    final Link link;
    final NextHops nextHops;
    /** By id of the translation. */
    final SortedMap<String, Part> parts = new TreeMap<>();

    private Device device;
    private boolean retired;
    private Surroundings surroundings = Surroundings.NONE;

    DeviceState(long datapathId, Limits limits, Instant now) {
        this.datapathId = datapathId;
        this.limits = limits;
        link = new Link(now);
        nextHops = new NextHops(datapathId, limits);
    }

    Device device() {
        return device;
    }

    void device(Device configured) {
        device = configured;
        retired = false;
    }

    /** What it has to do with other devices, and what it refused. */
    Surroundings surroundings() {
        return surroundings.with(refused());
    }

    /** What is not tried again, by id of the translation. */
    Map<String, Refusal> refused() {
        Map<String, Refusal> refused = new TreeMap<>();
        parts.values().forEach(p -> p.refusal().ifPresent(r -> refused.put(p.id(), r)));
        return refused;
    }

    /** The device, or what is expected of it, is another. */
    void forgetRefusals() {
        parts.values().forEach(Part::forgetRefusal);
    }

    /** True if it is another. */
    boolean surroundings(Surroundings now) {
        boolean changed = !surroundings.equals(now);
        surroundings = now;
        return changed;
    }

    /** What the device is to translate, or will be as soon as that is possible. */
    List<Translation> coming() {
        return parts.values().stream()
                .map(p -> p.current() == null ? p.wanted() : p.current())
                .filter(Objects::nonNull)
                .toList();
    }

    /** True if the device is ours no more, and is still being cleaned. */
    boolean isRetired() {
        return retired;
    }

    void retire() {
        retired = true;
        parts.values().forEach(p -> p.want(null));
    }

    /** What the device is to translate now: what is wanted, or what still drains. */
    List<Translation> current() {
        return parts.values().stream()
                .map(Part::current)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Next hops without which what {@code part} translates goes nowhere. */
    List<IpAddress> missing(Part part) {
        return part.current() == null ? List.of() : nextHops.missing(part.current());
    }

    void doubtAll(Instant now) {
        parts.values().forEach(p -> p.doubt(now));
    }

    void log(Outbox outbox, Effect.Level level, String text) {
        outbox.add(new Effect.Log(level, text + " device=" + device.id()));
    }
}
