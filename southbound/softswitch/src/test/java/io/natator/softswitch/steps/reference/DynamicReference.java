package io.natator.softswitch.steps.reference;

import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool.Reservation;
import io.natator.model.session.Share;
import io.natator.softswitch.count.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** DYNAMIC: a host has an outside address to itself until it is idle, and for a while longer if that is wanted. */
final class DynamicReference extends StatefulReference {
    /** What a host has, or had: until when nobody else is given it. */
    private record Binding(String address, long until) {}

    /** By inside address. */
    private final Map<String, Binding> bindings = new HashMap<>();

    private final Map<String, Binding> kept = new HashMap<>();

    DynamicReference(SwitchReference all, Share share) {
        super(all, share);
    }

    @Override
    Outcome sessionOut(Flow flow) {
        String host = flow.src().address();
        Binding binding = bindings.get(host);
        if (binding == null && candidates(host).isEmpty()) {
            return new Outcome.Told(Count.TRANSLATE_POOL_EMPTY, 1);
        }
        String address = binding == null ? given(host, flow) : binding.address;
        use(host, address);
        return all.afterwards(flow.fromAddress(address));
    }

    private void use(String host, String address) {
        bindings.put(
                host,
                new Binding(address, all.clock.tick + Clock.ticks(share.pool().idle())));
    }

    private String given(String host, Flow flow) {
        String address = all.chooser.given(share, flow).address();
        if (!candidates(host).contains(address)) {
            throw new AssertionError(host + " must not be given " + address + ", but of " + candidates(host));
        }
        kept.remove(host);
        kept.values().removeIf(k -> k.address.equals(address));
        return address;
    }

    /** Addresses that a host may be given. */
    private List<String> candidates(String host) {
        for (Reservation r : share.pool().reservations()) {
            if (r.inside().toString().equals(host)) {
                String address = r.outside().toString();
                return isBound(address) ? List.of() : List.of(address);
            }
        }
        List<String> free = new ArrayList<>(Addresses.all(share.outside()));
        free.removeIf(a -> isBound(a) || isReserved(a));
        Binding before = kept.get(host);
        if (before != null && free.contains(before.address)) {
            return List.of(before.address);
        }
        List<String> nobodys = new ArrayList<>(free);
        nobodys.removeIf(a -> kept.values().stream().anyMatch(k -> k.address.equals(a)));
        return nobodys.isEmpty() ? free : nobodys;
    }

    private boolean isBound(String address) {
        return bindings.values().stream().anyMatch(b -> b.address.equals(address));
    }

    private boolean isReserved(String address) {
        return share.pool().reservations().stream()
                .anyMatch(r -> r.outside().toString().equals(address));
    }

    private String hostOf(String address) {
        return bindings.entrySet().stream()
                .filter(e -> e.getValue().address.equals(address))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    @Override
    Outcome sessionIn(Flow flow, ShareReference from) {
        if (from != null) {
            return all.hairpin(from, this, flow);
        }
        String host = hostOf(flow.dst().address());
        if (host == null) {
            return refused(Count.TRANSLATE_NO_MAPPING);
        }
        use(host, flow.dst().address());
        return new Outcome.Passed(flow.toAddress(host));
    }

    @Override
    Report quotedOut(Report error) {
        Flow quoted = error.quoted();
        Binding binding = bindings.get(quoted.dst().address());
        if (binding == null) {
            return null;
        }
        Binding sender = bindings.getOrDefault(error.src(), binding);
        return all.afterwards(new Report(sender.address, error.dst(), quoted.toAddress(binding.address)));
    }

    @Override
    Report quotedIn(Report error, ShareReference from) {
        if (from != null) {
            return all.hairpin(from, this, error);
        }
        String host = hostOf(error.dst());
        boolean known = host != null && error.quoted().src().address().equals(error.dst());
        return known ? new Report(error.src(), host, error.quoted().fromAddress(host)) : null;
    }

    @Override
    boolean survives(Share to) {
        return to.kind() == Kind.DYNAMIC;
    }

    @Override
    void change(Share to) {
        // Until when is said anew: the idle time counts from the last packet.
        long before = Clock.ticks(share.pool().idle());
        share = to;
        long now = Clock.ticks(to.pool().idle());
        bindings.replaceAll((_, b) -> new Binding(b.address, b.until - before + now));
        List<String> gone = bindings.keySet().stream()
                .filter(h -> !mayHave(h, bindings.get(h).address))
                .toList();
        gone.forEach(this::end);
    }

    private boolean mayHave(String host, String address) {
        boolean reserved = share.pool().reservations().stream()
                .noneMatch(r -> r.inside().toString().equals(host)
                        != r.outside().toString().equals(address));
        return reserved && isInside(host) && isOutside(address);
    }

    private void end(String host) {
        Binding binding = bindings.remove(host);
        long sticky = Clock.ticks(share.pool().sticky());
        if (sticky > 0 && isOutside(binding.address)) {
            kept.put(host, new Binding(binding.address, all.clock.tick + sticky));
        }
    }

    @Override
    void expire() {
        kept.values().removeIf(k -> all.clock.tick >= k.until);
        bindings.keySet().stream()
                .filter(h -> all.clock.tick >= bindings.get(h).until)
                .toList()
                .forEach(this::end);
    }

    @Override
    long sessions() {
        return bindings.size();
    }

    @Override
    long ports() {
        return 0;
    }
}
