package io.natator.core.offload;

import io.natator.core.Effect;
import io.natator.model.compile.Offer;
import io.natator.model.session.Binding;
import io.natator.model.session.BindingRound;
import io.natator.model.session.BindingRound.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A software switch whose bindings rules of devices may do: what it is told of them, one round after the other. */
final class Holder {
    private final String id;
    final long datapathId;
    private boolean connected;
    private long number;
    private Instant next = Instant.MIN;
    private List<Integer> opened = List.of();
    /** There may be something to tell. */
    private boolean look = true;
    /** Null if everything is answered. */
    private Asked asked;

    private record Asked(long number, Instant at, List<Lease> leases) {}

    Holder(String id, long datapathId) {
        this.id = id;
        this.datapathId = datapathId;
    }

    boolean isConnected() {
        return connected;
    }

    void connected(boolean now) {
        connected = now;
        asked = null;
        opened = List.of();
        next = Instant.MIN;
        look = true;
    }

    Instant deadline() {
        return connected ? next : Instant.MAX;
    }

    /**
     * Sends the next round if there is something to tell, or it is time to ask.
     *
     * @param news something may be another than it was
     */
    void advance(Collection<Book> books, boolean news, Instant now, Consumer<Effect> out) {
        if (asked != null && Duration.between(asked.at, now).compareTo(Offloads.PATIENCE) >= 0) {
            asked = null;
        }
        look |= news || !now.isBefore(next);
        if (!connected || asked != null || !look) {
            next = !now.isBefore(next) ? now.plus(Offloads.POLL) : next;
            return;
        }
        look = false;
        List<Offer> offers = books.stream()
                .flatMap(b -> b.ground().offers().stream())
                .filter(o -> o.softwareSwitch().equals(id))
                .toList();
        boolean due = !offers.isEmpty() && (next.equals(Instant.MAX) || !now.isBefore(next));
        if (due || offers.isEmpty()) {
            next = offers.isEmpty() ? Instant.MAX : now.plus(Offloads.POLL);
        }
        List<Integer> open = books.stream()
                .flatMap(b -> b.open(id).stream())
                .distinct()
                .limit(BindingRound.MOST)
                .toList();
        List<Held> held = new ArrayList<>();
        List<Lease> leases = new ArrayList<>();
        for (Book book : books) {
            release(book, held, now);
        }
        books.stream()
                .flatMap(b -> b.of(datapathId).stream())
                .filter(l -> due || l.isDue(now))
                .sorted(Comparator.comparing((Lease l) -> l.told).thenComparingLong(l -> l.id))
                .limit(BindingRound.MOST - held.size())
                .forEach(l -> hold(l, held, leases, now));
        int most = due
                ? Math.min(
                        BindingRound.MOST, offers.stream().mapToInt(Offer::most).sum())
                : 0;
        if (!held.isEmpty() || !open.equals(opened) || most > 0) {
            opened = open;
            asked = new Asked(++number, now, leases);
            out.accept(new Effect.AskBindings(datapathId, new BindingRound(number, open, held, most)));
        }
    }

    private void release(Book book, List<Held> held, Instant now) {
        for (Lease lease : book.takeGone(datapathId, BindingRound.MOST - held.size())) {
            held.add(new Held(lease.binding, Duration.between(lease.used, now), Duration.ZERO));
        }
    }

    /** All of them in turn, so that one that ended meanwhile is soon known to be gone. */
    private static void hold(Lease lease, List<Held> held, List<Lease> leases, Instant now) {
        lease.told = now;
        held.add(new Held(lease.binding, Duration.between(lease.used, now), Offloads.HOLD));
        leases.add(lease);
    }

    /** Takes an answer; one that is too late means nothing. */
    void answered(BindingRound.Answer answer, Collection<Book> books, Instant now, Consumer<Effect> out) {
        if (asked == null || answer.number() != asked.number) {
            return;
        }
        Set<Binding> gone = new HashSet<>(answer.gone());
        for (Lease lease : asked.leases) {
            for (Book book : books) {
                if (gone.contains(lease.binding)) {
                    book.notHeld(lease, out);
                } else {
                    book.held(lease, now, out);
                }
            }
        }
        asked = null;
        look = true;
        for (Book book : books) {
            book.choose(answer.busy(), this, now, out);
        }
    }

    /** Device id. */
    String id() {
        return id;
    }
}
