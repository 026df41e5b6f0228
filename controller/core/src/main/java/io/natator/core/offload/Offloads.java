package io.natator.core.offload;

import io.natator.core.Effect;
import io.natator.model.southbound.SwitchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Has rules of devices do the work of those bindings that are used most. Whatever fails, and whoever dies, no rule is left whose
 * address has been given to another host: a rule goes by itself after {@link #TIME}, and the software switch gives nobody else the
 * address for {@link #HOLD}, granted before (ADR 0215).
 */
public final class Offloads {
    /** Between two readings of counters, and two questions which bindings are used most. */
    public static final Duration POLL = Duration.ofSeconds(5);
    /** After so long rules go by themselves. */
    public static final Duration TIME = Duration.ofMinutes(5);
    /** So much later than {@link #TIME} that whatever is still on its way to the device comes in time. */
    public static final Duration HOLD = Duration.ofMinutes(10);
    /** Rules are given their time anew after so long. */
    static final Duration RENEW = Duration.ofSeconds(100);
    /** An answer that comes later counts for nothing. */
    static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A binding without packets is left to the software switch after so long, or half of its idle time. */
    static final Duration QUIET = Duration.ofMinutes(1);
    /** A device that refused is not offered more for so long. */
    static final Duration FULL = Duration.ofMinutes(1);

    private static final Set<Class<?>> CONCERN = Set.of(
            SwitchEvent.Connected.class,
            SwitchEvent.Disconnected.class,
            SwitchEvent.Leases.class,
            SwitchEvent.Bindings.class);

    private static final long ID = (1L << 52) - 1;

    private final LongSupplier ids;
    private final SortedMap<Long, Book> books = new TreeMap<>();
    private final SortedMap<String, Holder> holders = new TreeMap<>();
    /** Something that holders may have to be told of. */
    private boolean news;

    /** @param ids other ones each time */
    public Offloads(LongSupplier ids) {
        this.ids = () -> Math.max(1, ids.getAsLong() & ID);
    }

    /** A device connected, went, or answered. */
    public void on(SwitchEvent event, Instant now, Consumer<Effect> out) {
        news |= CONCERN.contains(event.getClass());
        Book book = books.get(event.datapathId());
        switch (event) {
            case SwitchEvent.Connected e -> {
                if (book != null) {
                    book.connected(now);
                }
                turned(e.datapathId(), true, out);
            }
            case SwitchEvent.Disconnected e -> {
                if (book != null) {
                    book.disconnected();
                }
                turned(e.datapathId(), false, out);
            }
            case SwitchEvent.Leases e -> {
                if (book != null) {
                    book.read(e, now, out);
                }
            }
            case SwitchEvent.Bindings e ->
                holders.values().stream()
                        .filter(h -> h.datapathId == e.datapathId())
                        .findFirst()
                        .ifPresent(h -> h.answered(e.answer(), books.values(), now, out));
            default -> {}
        }
    }

    /** What it knows of bindings may be another thing than before: rules must have gone before it makes any. */
    private void turned(long datapathId, boolean connected, Consumer<Effect> out) {
        for (Holder holder : holders.values()) {
            if (holder.datapathId == datapathId) {
                holder.connected(connected);
                books.values().forEach(b -> b.forsake(datapathId, out));
            }
        }
    }

    /** Takes what is known of software switches: datapath and whether it is connected, by device id. */
    public void software(String id, long datapathId, boolean connected) {
        Holder before = holders.get(id);
        if (before == null || before.datapathId != datapathId) {
            Holder holder = new Holder(id, datapathId);
            holder.connected(connected);
            holders.put(id, holder);
        }
    }

    /** True if there is something to do for this device, or to be told of it. */
    public boolean concerns(long datapathId) {
        return books.containsKey(datapathId);
    }

    /** Takes what is known of a device. */
    public void ground(long datapathId, Ground ground, Instant now, Consumer<Effect> out) {
        Book book = books.computeIfAbsent(datapathId, id -> new Book(id, ids));
        book.ground(ground, holders, now, out);
        news = true;
    }

    /** The device is no longer known. */
    public void forget(long datapathId) {
        books.remove(datapathId);
        holders.values().removeIf(h -> h.datapathId == datapathId);
    }

    /** Does what is due. */
    public void advance(Instant now, Consumer<Effect> out) {
        books.values().forEach(b -> b.advance(now, out));
        boolean any = news;
        news = false;
        holders.values().forEach(h -> h.advance(books.values(), any, now, out));
    }

    /** When {@link #advance} is to be called although nothing happened. */
    public Instant deadline() {
        Instant first = Instant.MAX;
        for (Book book : books.values()) {
            first = book.deadline().isBefore(first) ? book.deadline() : first;
        }
        for (Holder holder : holders.values()) {
            first = holder.deadline().isBefore(first) ? holder.deadline() : first;
        }
        return first;
    }

    /** Bindings of a device whose rules are in force, by translation. */
    public Map<String, Integer> inForce(long datapathId) {
        Book book = books.get(datapathId);
        return book == null ? Map.of() : book.inForce();
    }

    /** What rules of bindings of a device counted since this was asked last, by translation. */
    public Map<String, Traffic> takeTraffic(long datapathId) {
        Book book = books.get(datapathId);
        return book == null ? Map.of() : book.takeTraffic();
    }
}
