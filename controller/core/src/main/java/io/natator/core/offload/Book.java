package io.natator.core.offload;

import io.natator.core.Effect;
import io.natator.core.offload.Lease.State;
import io.natator.model.compile.Offer;
import io.natator.model.session.Binding;
import io.natator.model.session.BindingRound.Busy;
import io.natator.model.southbound.SwitchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Bindings whose work rules of one device do. */
final class Book {
    private final long datapathId;
    private final LongSupplier ids;
    private final SortedMap<Long, Lease> leases = new TreeMap<>();
    /** Rules of them are gone, and who made the bindings is to be told. */
    private final List<Lease> gone = new ArrayList<>();

    /** By translation; not told yet. */
    private Map<String, Traffic> traffic = new HashMap<>();

    private Ground ground;
    private long reading;
    private Instant nextReading = Instant.MIN;
    /** Since it connected, it was read what rules there are: those of earlier are gone. */
    private boolean clean;
    /** It refused some: until then there is no more room than there was. */
    private Instant fullUntil = Instant.MIN;

    private int fullAt;

    Book(long datapathId, LongSupplier ids) {
        this.datapathId = datapathId;
        this.ids = ids;
    }

    /** Takes what is known of the device, and whether those that hold its bindings are there. */
    void ground(Ground now, Map<String, Holder> holders, Instant at, Consumer<Effect> out) {
        ground = now;
        for (Lease lease : active()) {
            Holder holder = holders.get(lease.offer.softwareSwitch());
            boolean there = holder != null && holder.isConnected() && holder.datapathId == lease.holder;
            // Where packets go on may be another way than it was.
            boolean same = offer(lease)
                    .filter(o -> o.rules().equals(lease.offer.rules())
                            || o.rules().of(lease.binding).equals(lease.rules))
                    .isPresent();
            if (!there || !same) {
                leave(lease, out);
            }
        }
        choose(List.of(), 0, at, out); // there may be less room than before
    }

    private Optional<Offer> offer(Lease lease) {
        return ground.offers().stream().filter(lease::isOf).findFirst();
    }

    void connected(Instant now) {
        clean = false;
        nextReading = now;
        leases.values().forEach(l -> l.state = State.LEAVING); // with the connection they went
    }

    void disconnected() {
        clean = false;
        leases.values().forEach(l -> l.state = State.LEAVING); // they go by themselves
    }

    /** Gives up what is certain to have gone by itself, and reads counters if that is due. */
    void advance(Instant now, Consumer<Effect> out) {
        leases.values().removeIf(l -> l.state == State.LEAVING && !ground.connected() && isOver(l, now));
        gone.removeIf(l -> isOver(l, now));
        if (ground.connected() && !now.isBefore(nextReading) && !(clean && isIdle())) {
            read(now, out);
        }
    }

    /** Neither its rules nor the hold can be left. */
    private static boolean isOver(Lease lease, Instant now) {
        return Duration.between(lease.renewed, now).compareTo(Offloads.HOLD) > 0;
    }

    private void read(Instant now, Consumer<Effect> out) {
        out.accept(new Effect.ReadLeases(datapathId, ++reading));
        nextReading = now.plus(Offloads.POLL);
    }

    /** Nothing is offered, and nothing is left. */
    boolean isIdle() {
        return ground.offers().isEmpty() && leases.isEmpty();
    }

    Instant deadline() {
        return ground.connected() && !(clean && isIdle()) ? nextReading : Instant.MAX;
    }

    void read(SwitchEvent.Leases event, Instant now, Consumer<Effect> out) {
        if (event.number() != reading) {
            return;
        }
        clean = true;
        for (Lease lease : List.copyOf(leases.values())) {
            SwitchEvent.Lease there = event.byId().get(lease.id);
            if (event.number() < lease.seenFrom || lease.state == State.ASKED) {
                continue;
            }
            if (lease.state == State.LEAVING && there == null) {
                leases.remove(lease.id);
                gone.add(lease);
            } else if (lease.state == State.LEAVING) {
                leave(lease, out);
            } else if (there == null || there.rules() < lease.rules.size()) {
                refused(now);
                leave(lease, out);
            } else {
                Traffic more = lease.counted(new Traffic(there.packets(), there.bytes()), now);
                traffic.merge(lease.offer.translation(), more, Traffic::plus);
            }
        }
        List<Long> unknown = event.byId().keySet().stream()
                .filter(id -> !leases.containsKey(id))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            out.accept(new Effect.Release(datapathId, unknown));
        }
        choose(List.of(), 0, now, out);
        if (leases.values().stream().anyMatch(l -> l.state == State.LEAVING && l.seenFrom > event.number())) {
            read(now, out);
        }
    }

    private void refused(Instant now) {
        fullUntil = now.plus(Offloads.FULL);
        fullAt = (int) leases.values().stream()
                        .filter(l -> l.state == State.IN_FORCE && l.seenFrom <= reading)
                        .count()
                - 1;
    }

    /** Its rules go; the address is held until they have gone. */
    private void leave(Lease lease, Consumer<Effect> out) {
        if (lease.state == State.ASKED) {
            leases.remove(lease.id);
            gone.add(lease);
            return;
        }
        lease.state = State.LEAVING;
        lease.seenFrom = reading + 1;
        if (ground.connected()) {
            out.accept(new Effect.Release(datapathId, List.of(lease.id)));
        }
    }

    /** The software switch holds a binding, as it was asked to; its rules may stay for a while. */
    void held(Lease lease, Instant now, Consumer<Effect> out) {
        boolean there = leases.get(lease.id) == lease && lease.state != State.LEAVING;
        if (!there || !ground.connected() || !lease.isDue(now)) {
            return;
        }
        lease.state = State.IN_FORCE;
        lease.renewed = now;
        lease.seenFrom = reading + 1;
        out.accept(new Effect.Lease(datapathId, lease.id, lease.rules, Offloads.TIME));
    }

    /** The binding is not there, or no longer. */
    void notHeld(Lease lease, Consumer<Effect> out) {
        if (leases.get(lease.id) == lease && lease.state != State.LEAVING) {
            leave(lease, out);
        }
    }

    /** Who made the bindings has begun anew, or is away: it may know nothing of them. */
    void forsake(long holder, Consumer<Effect> out) {
        active().stream().filter(l -> l.holder == holder).forEach(l -> leave(l, out));
    }

    /**
     * Chooses among those that are there and those that a software switch tells of.
     *
     * @param holder that software switch
     */
    void choose(List<Busy> busy, Holder holder, Instant now, Consumer<Effect> out) {
        choose(candidates(busy, holder), holder.datapathId, now, out);
    }

    private void choose(List<Choice.Candidate> candidates, long holder, Instant now, Consumer<Effect> out) {
        Map<String, Integer> most = new HashMap<>();
        ground.offers().forEach(o -> most.put(o.translation(), o.most()));
        List<Choice.Present> present = active().stream()
                .map(l -> new Choice.Present(
                        l.id, l.offer.translation(), l.rate, Duration.between(l.since, now), l.isQuiet(now)))
                .toList();
        int leaving = leases.size() - present.size();
        Choice choice = Choice.of(present, leaving, places(now), most, candidates);
        choice.leave().forEach(id -> leave(leases.get(id), out));
        choice.offer().forEach(c -> ask(c, holder, now));
    }

    /** How many bindings there is room for. */
    private int places(Instant now) {
        int places = Room.of(ground.capabilities(), ground.offers(), ground.tableRules())
                .places();
        return now.isBefore(fullUntil) ? Math.min(places, Math.max(0, fullAt)) : places;
    }

    private List<Choice.Candidate> candidates(List<Busy> busy, Holder holder) {
        List<Choice.Candidate> candidates = new ArrayList<>();
        for (Busy one : busy) {
            Binding binding = one.binding();
            boolean taken = leases.values().stream()
                    .anyMatch(l -> l.binding.inside().equals(binding.inside())
                            || l.binding.outside().equals(binding.outside()));
            Optional<Offer> offer =
                    offer(binding).filter(o -> o.softwareSwitch().equals(holder.id()));
            if (ground.connected() && ground.settled() && clean && !taken && offer.isPresent()) {
                candidates.add(new Choice.Candidate(offer.get().translation(), one));
            }
        }
        return candidates;
    }

    /** The offer that a binding is of. */
    private Optional<Offer> offer(Binding binding) {
        return ground.offers().stream()
                .filter(o -> o.share() == binding.share()
                        && o.inside().contains(binding.inside())
                        && o.outside().stream().anyMatch(p -> p.contains(binding.outside())))
                .findFirst();
    }

    private void ask(Choice.Candidate candidate, long holder, Instant now) {
        Binding binding = candidate.busy().binding();
        Offer offer = offer(binding).orElseThrow();
        long id = ids.getAsLong();
        leases.put(id, new Lease(id, binding, offer, holder, now));
    }

    private List<Lease> active() {
        return leases.values().stream().filter(l -> l.state != State.LEAVING).toList();
    }

    /** Those that a software switch is to hold on. */
    List<Lease> of(long holder) {
        return active().stream().filter(l -> l.holder == holder).toList();
    }

    /** Takes those whose rules are gone and that a software switch need hold no more. */
    List<Lease> takeGone(long holder, int most) {
        List<Lease> taken =
                gone.stream().filter(l -> l.holder == holder).limit(most).toList();
        gone.removeAll(taken);
        return taken;
    }

    /** Shares of whose bindings no rules of earlier are left here. */
    List<Integer> open(String holder) {
        return clean && ground.connected()
                ? ground.offers().stream()
                        .filter(o -> o.softwareSwitch().equals(holder))
                        .filter(o -> leases.values().stream()
                                .noneMatch(l -> l.state == State.LEAVING && l.offer.share() == o.share()))
                        .map(Offer::share)
                        .toList()
                : List.of();
    }

    /** Bindings whose rules are in force, by translation. */
    Map<String, Integer> inForce() {
        Map<String, Integer> counts = new HashMap<>();
        leases.values().stream()
                .filter(l -> l.state == State.IN_FORCE)
                .forEach(l -> counts.merge(l.offer.translation(), 1, Integer::sum));
        return counts;
    }

    /** What rules counted since this was asked last, by translation. */
    Map<String, Traffic> takeTraffic() {
        Map<String, Traffic> taken = traffic;
        traffic = new HashMap<>();
        return taken;
    }

    Ground ground() {
        return ground;
    }
}
