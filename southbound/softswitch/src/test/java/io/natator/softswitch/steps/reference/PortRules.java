package io.natator.softswitch.steps.reference;

import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Forward;
import io.natator.model.intent.Pool.Pairing;
import io.natator.model.session.Share;
import io.natator.softswitch.count.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which outside ports a host may be given. */
final class PortRules {
    /** A part of the ports of an address, all of which are alike to a host. */
    private record Range(String address, int first, int last) {}

    private final Map<String, String> paired = new HashMap<>();
    private List<Mapping> mappings = List.of();
    private Share share;
    private Pool pool;

    void set(Share now, List<Mapping> all) {
        share = now;
        pool = now.pool();
        mappings = all;
        paired.values().removeIf(a -> !Addresses.holds(now.outside(), a));
        paired.keySet().removeIf(h -> mappings.stream().noneMatch(m -> !m.isForward && m.isOf(h)));
    }

    private boolean isPaired() {
        return pool.pairing() == Pairing.PAIRED || pool.portBlock() > 0 || pool.deterministic();
    }

    /** Addresses that a host may have ports of: all of one, if pairing is wanted (RFC 4787, REQ-2). */
    private List<String> addresses(String host) {
        List<String> all = Addresses.all(share.outside());
        if (!isPaired()) {
            return all;
        }
        if (paired.containsKey(host)) {
            return List.of(paired.get(host));
        }
        for (Forward f : pool.forwards()) {
            if (f.inside().toString().equals(host)) {
                return List.of(f.outside().toString());
            }
        }
        return all;
    }

    private boolean isFree(int protocol, String address, int port) {
        return mappings.stream().noneMatch(m -> m.protocol() == protocol && m.outside.equals(new Party(address, port)));
    }

    private boolean hasRoom(int protocol, Range range) {
        for (int port = range.first; port <= range.last; port++) {
            if (isFree(protocol, range.address, port)) {
                return true;
            }
        }
        return false;
    }

    /** Where a port for a host may be of; those that are full are left out. */
    private List<Range> ranges(int protocol, String host) {
        List<Range> ranges = new ArrayList<>();
        if (pool.deterministic()) {
            ranges.add(formula(host));
        } else if (pool.portBlock() > 0) {
            ranges.addAll(blocks(protocol, host));
        } else {
            addresses(host).forEach(a -> ranges.add(new Range(a, pool.firstPort(), pool.lastPort())));
        }
        ranges.removeIf(r -> !hasRoom(protocol, r));
        return ranges;
    }

    /** RFC 7422: hosts in order have equal ranges. */
    private Range formula(String host) {
        List<String> outside = Addresses.all(share.outside());
        List<String> inside = Addresses.all(List.of(share.inside()));
        int perAddress = (inside.size() + outside.size() - 1) / outside.size();
        int ports = pool.portBlock() > 0 ? pool.portBlock() : (pool.lastPort() - pool.firstPort() + 1) / perAddress;
        int number = inside.indexOf(host);
        int first = pool.firstPort() + number % perAddress * ports;
        return new Range(outside.get(number / perAddress), first, first + ports - 1);
    }

    /** Blocks of the host that have room; else those that are nobody's, if it may have one more. */
    private List<Range> blocks(int protocol, String host) {
        Set<Range> own = ownBlocks(host);
        if (own.stream().anyMatch(r -> hasRoom(protocol, r))) {
            return List.copyOf(own);
        }
        int size = pool.portBlock();
        List<Range> free = new ArrayList<>();
        for (String address : hasAllBlocks(host) ? List.<String>of() : addresses(host)) {
            for (int first = pool.firstPort(); first + size - 1 <= pool.lastPort(); first += size) {
                free.add(block(address, first));
            }
        }
        mappings.stream()
                .filter(m -> !m.isForward && m.hasPort())
                .forEach(m -> free.remove(block(m.outside.address(), m.outside.port())));
        return free;
    }

    private Set<Range> ownBlocks(String host) {
        List<String> addresses = addresses(host);
        Set<Range> own = new HashSet<>();
        for (Mapping m : mappings) {
            if (!m.isForward && m.hasPort() && m.isOf(host) && addresses.contains(m.outside.address())) {
                own.add(block(m.outside.address(), m.outside.port()));
            }
        }
        return own;
    }

    /** As many blocks as hold the ports that it may have. */
    private boolean hasAllBlocks(String host) {
        int size = pool.portBlock();
        return size > 0
                && !pool.deterministic()
                && pool.portsPerHost() > 0
                && ownBlocks(host).size() >= (pool.portsPerHost() + size - 1) / size;
    }

    private Range block(String address, int port) {
        int first = port - (port - pool.firstPort()) % pool.portBlock();
        return new Range(address, first, first + pool.portBlock() - 1);
    }

    /** Null if there is something left for a host. */
    Count refusal(int protocol, String host) {
        long had = mappings.stream()
                .filter(m -> !m.isForward && Mapping.space(m.protocol()) == Mapping.space(protocol) && m.isOf(host))
                .count();
        if (pool.portsPerHost() > 0 && had >= pool.portsPerHost()) {
            return Count.TRANSLATE_HOST_PORTS;
        }
        boolean any = Mapping.hasPort(protocol)
                ? !ranges(protocol, host).isEmpty()
                : !alone(protocol, host).isEmpty();
        boolean limit = Mapping.hasPort(protocol) && hasAllBlocks(host);
        return any ? null : limit ? Count.TRANSLATE_HOST_PORTS : Count.TRANSLATE_POOL_EMPTY;
    }

    /** Addresses of which nobody uses a protocol that has no ports. */
    private List<String> alone(int protocol, String host) {
        List<String> all = new ArrayList<>(pool.deterministic() ? List.of(formula(host).address) : addresses(host));
        all.removeIf(a -> !isFree(protocol, a, 0));
        return all;
    }

    /** Whether a host may be given a port, and will have all others of the same address. */
    void give(Flow flow, Party chosen) {
        String host = flow.src().address();
        boolean right = Mapping.hasPort(flow.protocol())
                ? ranges(flow.protocol(), host).stream().anyMatch(r -> isRight(flow, chosen, r))
                : chosen.port() == 0 && alone(flow.protocol(), host).contains(chosen.address());
        if (!right) {
            throw new AssertionError(
                    flow + " must not be given " + chosen + ", but of " + ranges(flow.protocol(), host));
        }
        if (isPaired() && !pool.deterministic()) {
            paired.put(host, chosen.address());
        }
    }

    private boolean isRight(Flow flow, Party chosen, Range range) {
        boolean in = chosen.address().equals(range.address)
                && chosen.port() >= range.first
                && chosen.port() <= range.last
                && isFree(flow.protocol(), chosen.address(), chosen.port());
        int wanted = flow.src().port();
        boolean kept = pool.preservePort()
                && wanted >= range.first
                && wanted <= range.last
                && isFree(flow.protocol(), range.address, wanted);
        if (!in || kept) {
            return in && chosen.port() == wanted;
        }
        if (pool.preserveParity() && flow.protocol() != 1 && (chosen.port() - wanted) % 2 != 0) {
            for (int port = range.first; port <= range.last; port++) {
                in &= (port - wanted) % 2 != 0 || !isFree(flow.protocol(), range.address, port);
            }
        }
        return in;
    }
}
