package io.natator.softswitch.steps;

import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Pairing;
import io.natator.model.session.Share;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.onlab.packet.IpAddress;

/**
 * What NAPT must do with a packet, slow and obvious: maps with texts as keys. Which free port a mapping is given is the
 * switch's choice: the reference is told, and says whether it may.
 */
final class SessionReference {
    /** A party: address and port, or address and query identifier. */
    record Party(String address, int port) {
        @Override
        public String toString() {
            return address + ":" + port;
        }
    }

    /** A packet as far as NAPT cares. Of ICMP both ports are the identifier, and flags are the type. */
    record Flow(int protocol, Party src, Party dst, int flags) {
        Flow from(Party now) {
            return new Flow(protocol, now, protocol == 1 ? new Party(dst.address, now.port) : dst, flags);
        }

        Flow to(Party now) {
            return new Flow(protocol, protocol == 1 ? new Party(src.address, now.port) : src, now, flags);
        }

        /** The remote's port counts with TCP and UDP only. */
        Party remote(boolean isSource) {
            Party party = isSource ? src : dst;
            return protocol == 1 ? new Party(party.address, 0) : party;
        }
    }

    /** What becomes of a packet: it goes on, or why it does not. */
    sealed interface Outcome {
        record Passed(Flow flow) implements Outcome {}

        record Refused(String why) implements Outcome {}
    }

    private static final class Binding {
        final int protocol;
        final Party inside;
        final Party outside;
        final String key;
        final Map<Party, Tracked> sessions = new HashMap<>();
        long restsUntil;

        Binding(int protocol, Party inside, Party outside, String key) {
            this.protocol = protocol;
            this.inside = inside;
            this.outside = outside;
            this.key = key;
        }
    }

    /** A session: who spoke last, and for TCP what was said. */
    private static final class Tracked {
        long seen;
        boolean synInside;
        boolean synOutside;
        boolean finInside;
        boolean finOutside;
        boolean reset;

        void tcp(boolean inside, int flags) {
            boolean opens = (flags & Packets.SYN) != 0 && (flags & Packets.ACK) == 0;
            if ((flags & Packets.RST) != 0) {
                reset |= established();
                return;
            }
            boolean over = finInside && finOutside;
            if (reset || (over && opens)) {
                synInside = opens ? inside : true;
                synOutside = opens ? !inside : true;
                finInside = false;
                finOutside = false;
                reset = false;
                return;
            }
            boolean established = synInside && synOutside;
            if (!over && (flags & Packets.SYN) != 0) {
                synInside |= inside;
                synOutside |= !inside;
            }
            if (!over && established && (flags & Packets.FIN) != 0) {
                finInside |= inside;
                finOutside |= !inside;
            }
        }

        boolean established() {
            return synInside && synOutside && !reset && !(finInside && finOutside);
        }
    }

    private final Share share;
    private final Pool pool;
    private final List<Binding> bindings = new ArrayList<>();
    private final Map<String, Binding> forwards = new LinkedHashMap<>();
    private long tick;

    SessionReference(Share share) {
        this.share = share;
        this.pool = share.pool();
        for (Pool.Forward f : pool.forwards()) {
            Party inside = new Party(f.inside().toString(), f.insidePort());
            Party outside = new Party(f.outside().toString(), f.outsidePort());
            forwards.put(
                    f.protocol() + " " + outside,
                    new Binding(f.protocol(), inside, outside, f.protocol() + " " + inside));
        }
    }

    /**
     * Time goes on: what is idle ends.
     *
     * @param nanos of the switch's clock, which sessions see in ticks of 2²⁷ ns
     */
    void time(long nanos) {
        tick = nanos >>> 27;
        for (Binding one : all()) {
            boolean had = !one.sessions.isEmpty();
            one.sessions.values().removeIf(t -> tick >= t.seen + ticks(timeout(one.protocol, t)));
            if (had && one.sessions.isEmpty()) {
                boolean rests = pool.filtering() == Filtering.ENDPOINT_INDEPENDENT && one.protocol != 6;
                one.restsUntil = rests ? tick + ticks(120) : 0;
            }
        }
        bindings.removeIf(b -> b.sessions.isEmpty() && tick >= b.restsUntil);
    }

    private static long ticks(long seconds) {
        return (seconds * 1_000_000_000L + (1L << 27) - 1) >>> 27;
    }

    private long timeout(int protocol, Tracked t) {
        Pool.Timers timers = pool.timers();
        return (switch (protocol) {
                    case 1 -> timers.icmp();
                    case 17 -> timers.udp();
                    default -> t.established() ? timers.tcpEstablished() : timers.tcpTransitory();
                })
                .toSeconds();
    }

    private List<Binding> all() {
        List<Binding> all = new ArrayList<>(bindings);
        all.addAll(forwards.values());
        return all;
    }

    long sessions() {
        return all().stream().mapToLong(b -> b.sessions.size()).sum();
    }

    /** Ports given away, those at rest among them. */
    long ports() {
        return all().size();
    }

    boolean isInside(String address) {
        return share.inside().contains(IpAddress.valueOf(address));
    }

    boolean isOutside(String address) {
        return share.outside().stream().anyMatch(o -> o.contains(IpAddress.valueOf(address)));
    }

    /** @param chosen what the switch gave this flow's sender, asked only if it is to be given something */
    Outcome fromInside(Flow flow, Supplier<Party> chosen) {
        if (!isInside(flow.src.address)) {
            return new Outcome.Refused("not-inside");
        }
        if (flow.src.address.equals(flow.dst.address)) {
            return new Outcome.Refused("land");
        }
        if (flow.protocol == 1 && flow.flags != 8) {
            return new Outcome.Refused("no-mapping");
        }
        Party remote = flow.remote(false);
        Binding binding = withSession(flow.protocol, flow.src, remote);
        if (binding == null) {
            if (flow.protocol == 6 && !opens(flow.flags)) {
                return new Outcome.Refused("not-a-syn");
            }
            binding = bindingFor(flow);
            Outcome.Refused refused = binding == null ? mayBind(flow) : null;
            long sessions = all().stream()
                    .filter(b -> b.inside.address.equals(flow.src.address))
                    .mapToLong(b -> b.sessions.size())
                    .sum();
            if (refused == null && pool.sessionsPerHost() > 0 && sessions >= pool.sessionsPerHost()) {
                refused = new Outcome.Refused("host-sessions");
            }
            if (refused != null) {
                return refused;
            }
            if (binding == null) {
                binding = bind(flow, chosen.get());
            }
        }
        track(binding, remote, true, flow.flags);
        Flow gone = flow.from(binding.outside);
        return isOutside(flow.dst.address) ? arrives(gone, true) : new Outcome.Passed(gone);
    }

    /** @param hairpin it comes from an inside host whose address was translated */
    private Outcome arrives(Flow flow, boolean hairpin) {
        boolean same = flow.src.address.equals(flow.dst.address);
        if (hairpin ? flow.src.equals(flow.dst) && flow.protocol != 1 : same || isOutside(flow.src.address)) {
            return new Outcome.Refused("land");
        }
        if (flow.protocol == 1 && flow.flags != 0) {
            return new Outcome.Refused("no-mapping");
        }
        Party remote = flow.remote(true);
        Binding binding = all().stream()
                .filter(b -> b.protocol == flow.protocol
                        && b.outside.equals(flow.dst)
                        && (!b.sessions.isEmpty() || isForward(b)))
                .findFirst()
                .orElse(null);
        if (binding == null) {
            return new Outcome.Refused("no-mapping");
        }
        if (!binding.sessions.containsKey(remote)) {
            Outcome.Refused refused = mayEnter(binding, flow, remote);
            if (refused != null) {
                return refused;
            }
        }
        track(binding, remote, false, flow.flags);
        return new Outcome.Passed(flow.to(binding.inside));
    }

    Outcome fromOutside(Flow flow, Supplier<Party> chosen) {
        boolean inside = isInside(flow.src.address) && !isOutside(flow.src.address);
        boolean answers = all().stream()
                .anyMatch(b -> b.protocol == flow.protocol
                        && b.outside.equals(flow.dst)
                        && b.sessions.containsKey(flow.remote(true)));
        // Whoever an inside host spoke to by its inside address answers as itself.
        if (inside && !(answers && (flow.protocol != 1 || flow.flags == 0))) {
            return fromInside(flow, chosen);
        }
        return arrives(flow, false);
    }

    private Outcome.Refused mayEnter(Binding binding, Flow flow, Party remote) {
        boolean known = binding.sessions.keySet().stream().anyMatch(r -> r.address.equals(remote.address));
        boolean may = isForward(binding)
                || pool.filtering() == Filtering.ENDPOINT_INDEPENDENT
                || (pool.filtering() == Filtering.ADDRESS_DEPENDENT && known);
        if (flow.protocol == 1) {
            return new Outcome.Refused("no-mapping");
        }
        if (!may) {
            return new Outcome.Refused("filtered");
        }
        if (flow.protocol == 6 && !opens(flow.flags)) {
            return new Outcome.Refused("not-a-syn");
        }
        if (withSession(flow.protocol, binding.inside, remote) != null) {
            return new Outcome.Refused("filtered"); // by another outside port
        }
        long sessions = all().stream()
                .filter(b -> b.inside.address.equals(binding.inside.address))
                .mapToLong(b -> b.sessions.size())
                .sum();
        boolean full = pool.sessionsPerHost() > 0 && sessions >= pool.sessionsPerHost();
        return full ? new Outcome.Refused("host-sessions") : null;
    }

    private boolean isForward(Binding binding) {
        return forwards.containsValue(binding);
    }

    private static boolean opens(int flags) {
        return (flags & (Packets.SYN | Packets.ACK | Packets.RST | Packets.FIN)) == Packets.SYN;
    }

    private void track(Binding binding, Party remote, boolean inside, int flags) {
        Tracked t = binding.sessions.computeIfAbsent(remote, r -> new Tracked());
        t.seen = tick;
        if (binding.protocol == 6) {
            t.tcp(inside, flags);
        }
    }

    private Binding withSession(int protocol, Party inside, Party remote) {
        return all().stream()
                .filter(b -> b.protocol == protocol && b.inside.equals(inside) && b.sessions.containsKey(remote))
                .findFirst()
                .orElse(null);
    }

    private String key(Flow flow) {
        String remote = switch (pool.mapping()) {
            case ENDPOINT_INDEPENDENT -> "";
            case ADDRESS_DEPENDENT -> " " + flow.dst.address;
            case ADDRESS_AND_PORT_DEPENDENT -> " " + flow.remote(false);
        };
        return flow.protocol + " " + flow.src + remote;
    }

    private Binding bindingFor(Flow flow) {
        String fixed = flow.protocol + " " + flow.src;
        for (Binding forward : forwards.values()) {
            if (forward.key.equals(fixed)) {
                return forward;
            }
        }
        return bindings.stream()
                .filter(b -> b.key.equals(key(flow)))
                .findFirst()
                .orElse(null);
    }

    /** Null if there is something left for a host. */
    private Outcome.Refused mayBind(Flow flow) {
        long had = bindings.stream()
                .filter(b -> b.protocol == flow.protocol && b.inside.address.equals(flow.src.address))
                .count();
        if (pool.portsPerHost() > 0 && had >= pool.portsPerHost()) {
            return new Outcome.Refused("host-ports");
        }
        for (String address : addresses(flow.src.address)) {
            for (int port = pool.firstPort(); port <= pool.lastPort(); port++) {
                if (isFree(flow.protocol, new Party(address, port))) {
                    return null;
                }
            }
        }
        return new Outcome.Refused("pool-empty");
    }

    /** Outside addresses that a host may have ports of. */
    private Set<String> addresses(String host) {
        Set<String> all = new HashSet<>();
        for (var prefix : share.outside()) {
            int first = prefix.address().getIp4Address().toInt();
            for (int i = 0; i < 1 << (32 - prefix.prefixLength()); i++) {
                all.add(IpAddress.valueOf(first + i).toString());
            }
        }
        if (pool.pairing() == Pairing.ARBITRARY) {
            return all;
        }
        for (Binding b : bindings) {
            if (b.inside.address.equals(host)) {
                return Set.of(b.outside.address);
            }
        }
        for (Binding b : forwards.values()) {
            if (b.inside.address.equals(host)) {
                return Set.of(b.outside.address);
            }
        }
        return all;
    }

    private boolean isFree(int protocol, Party outside) {
        return all().stream().noneMatch(b -> b.protocol == protocol && b.outside.equals(outside));
    }

    private Binding bind(Flow flow, Party chosen) {
        boolean inRange = chosen.port >= pool.firstPort() && chosen.port <= pool.lastPort();
        boolean may = inRange
                && isFree(flow.protocol, chosen)
                && addresses(flow.src.address).contains(chosen.address);
        boolean right = true;
        if (pool.preservePort()
                && isFree(flow.protocol, new Party(chosen.address, flow.src.port))
                && flow.src.port >= pool.firstPort()
                && flow.src.port <= pool.lastPort()) {
            right = chosen.port == flow.src.port;
        } else if (pool.preserveParity() && flow.protocol != 1 && (chosen.port - flow.src.port) % 2 != 0) {
            for (int port = pool.firstPort(); port <= pool.lastPort(); port++) {
                right &= (port - flow.src.port) % 2 != 0 || !isFree(flow.protocol, new Party(chosen.address, port));
            }
        }
        if (!may || !right) {
            throw new AssertionError(flow + " must not be given " + chosen);
        }
        Binding binding = new Binding(flow.protocol, flow.src, chosen, key(flow));
        bindings.add(binding);
        return binding;
    }

    /** The flow that an error from outside must quote to the inside; null if it is to be dropped. */
    Flow errorToInside(Flow quoted) {
        for (Binding b : all()) {
            if (b.protocol == quoted.protocol
                    && b.outside.equals(quoted.src)
                    && b.sessions.containsKey(quoted.remote(false))) {
                return quoted.from(b.inside);
            }
        }
        return null;
    }

    /** The flow that an error from inside must quote to the outside; null if it is to be dropped. */
    Flow errorToOutside(Flow quoted) {
        Binding b = withSession(quoted.protocol, quoted.dst, quoted.remote(true));
        return b == null ? null : quoted.to(b.outside);
    }
}
