package io.natator.softswitch.steps.reference;

import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Forward;
import io.natator.model.intent.Pool.OtherProtocols;
import io.natator.model.session.Share;
import io.natator.softswitch.count.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** NAPT: RFC 4787 for UDP, RFC 5382 for TCP, RFC 5508 for ICMP. */
class NaptReference extends StatefulReference {
    private final List<Mapping> mappings = new ArrayList<>();
    private final PortRules ports = new PortRules();

    NaptReference(SwitchReference all, Share share) {
        super(all, share);
        share.pool().forwards().forEach(this::forward);
    }

    private Pool pool() {
        return share.pool();
    }

    private PortRules rules() {
        ports.set(share, mappings);
        return ports;
    }

    @Override
    Outcome sessionOut(Flow flow) {
        String host = flow.src().address();
        if (flow.isIcmp() && !flow.asks()) {
            return refused(Count.TRANSLATE_NO_MAPPING);
        }
        if (!isTaken(flow)) {
            return refused(Count.TRANSLATE_PROTOCOL);
        }
        Party remote = flow.remote(false);
        Mapping mapping = withSession(flow.protocol(), flow.src(), remote);
        if (mapping == null) {
            if (flow.protocol() == 6 && !Connection.opens(flow.flags())) {
                return refused(Count.TRANSLATE_NOT_A_SYN);
            }
            mapping = mappingFor(flow);
            boolean full = isFull(host);
            Count why = mapping == null && !full ? rules().refusal(flow.protocol(), host) : null;
            why = full ? Count.TRANSLATE_HOST_SESSIONS : why;
            if (why != null) {
                return new Outcome.Told(why, code(why));
            }
            mapping = mapping == null ? made(flow) : mapping;
        }
        track(mapping, remote, flow, true);
        return all.afterwards(clamp(flow.from(mapping.outside)));
    }

    /** RFC 1812, section 5.2.7.1: prohibited. */
    int code(Count why) {
        return 13;
    }

    /** What is to go to an inside host. */
    Outcome entered(Flow flow) {
        return new Outcome.Passed(flow);
    }

    /** The same of an error. */
    Report entered(Report error) {
        return error;
    }

    private boolean isTaken(Flow flow) {
        return flow.isIcmp() || flow.hasPorts() || pool().otherProtocols() == OtherProtocols.ADDRESS_ONLY;
    }

    private Mapping made(Flow flow) {
        Party chosen = all.chooser.given(share, flow);
        rules().give(flow, chosen);
        Mapping mapping = new Mapping(key(flow), chosen, false);
        mappings.add(mapping);
        return mapping;
    }

    private Flow clamp(Flow flow) {
        Flow clamped = flow.clamped(pool().mss());
        if (clamped.mss() != flow.mss()) {
            all.count(Count.TRANSLATE_MSS_CLAMPED);
        }
        return clamped;
    }

    private boolean isFull(String host) {
        long sessions = mappings.stream()
                .filter(m -> m.isOf(host))
                .mapToLong(m -> m.sessions.size())
                .sum();
        return pool().sessionsPerHost() > 0 && sessions >= pool().sessionsPerHost();
    }

    private void track(Mapping mapping, Party remote, Flow flow, boolean inside) {
        mapping.sessions.computeIfAbsent(remote, _ -> new Tracked()).track(all.clock, flow, inside);
        mapping.restsUntil = 0;
    }

    private Mapping.Key key(Flow flow) {
        Party remote = flow.remote(false);
        return switch (pool().mapping()) {
            case ENDPOINT_INDEPENDENT -> new Mapping.Key(flow.protocol(), flow.src(), "", 0);
            case ADDRESS_DEPENDENT -> new Mapping.Key(flow.protocol(), flow.src(), remote.address(), 0);
            case ADDRESS_AND_PORT_DEPENDENT ->
                new Mapping.Key(flow.protocol(), flow.src(), remote.address(), remote.port());
        };
    }

    private Mapping mappingFor(Flow flow) {
        Mapping.Key any = new Mapping.Key(flow.protocol(), flow.src(), "", 0);
        return mappings.stream()
                .filter(m -> m.isForward && m.key.equals(any))
                .findFirst()
                .orElseGet(() -> mappings.stream()
                        .filter(m -> m.key.equals(key(flow)))
                        .findFirst()
                        .orElse(null));
    }

    private Mapping withSession(int protocol, Party inside, Party remote) {
        return mappings.stream()
                .filter(m -> m.protocol() == protocol && m.inside().equals(inside) && m.sessions.containsKey(remote))
                .findFirst()
                .orElse(null);
    }

    private Mapping byOutside(int protocol, Party outside) {
        return mappings.stream()
                .filter(m -> m.protocol() == protocol && m.outside.equals(outside))
                .filter(m -> m.isForward || !m.sessions.isEmpty())
                .findFirst()
                .orElse(null);
    }

    @Override
    Outcome sessionIn(Flow flow, ShareReference from) {
        Party remote = flow.remote(true);
        boolean icmp = flow.isIcmp();
        if ((icmp && !flow.answers()) || !isTaken(flow)) {
            Count why = icmp ? Count.TRANSLATE_NO_MAPPING : Count.TRANSLATE_PROTOCOL;
            return from == null ? refused(why) : all.hairpin(from, this, flow);
        }
        Mapping mapping = byOutside(flow.protocol(), flow.dst());
        if (mapping == null || !mapping.sessions.containsKey(remote)) {
            if (from != null) {
                return all.hairpin(from, this, flow);
            }
            Count why = icmp || mapping == null ? Count.TRANSLATE_NO_MAPPING : mayEnter(mapping, flow, remote);
            if (why != null) {
                return refused(why);
            }
        }
        Outcome entered = entered(clamp(flow.to(mapping.inside())));
        if (entered instanceof Outcome.Passed) {
            track(mapping, remote, flow, false); // what is dropped refreshes nothing
        }
        return entered;
    }

    /** Null if it may (RFC 4787, section 5). */
    private Count mayEnter(Mapping mapping, Flow flow, Party remote) {
        boolean known =
                mapping.sessions.keySet().stream().anyMatch(r -> r.address().equals(remote.address()));
        boolean may = mapping.isForward
                || pool().filtering() == Filtering.ENDPOINT_INDEPENDENT
                || (pool().filtering() == Filtering.ADDRESS_DEPENDENT && known);
        if (!may) {
            return Count.TRANSLATE_FILTERED;
        }
        if (flow.protocol() == 6 && !Connection.opens(flow.flags())) {
            return Count.TRANSLATE_NOT_A_SYN;
        }
        if (withSession(flow.protocol(), mapping.inside(), remote) != null) {
            return Count.TRANSLATE_FILTERED; // it speaks to the same inside port by another outside one
        }
        return isFull(mapping.inside().address()) ? Count.TRANSLATE_HOST_SESSIONS : null;
    }

    @Override
    Report quotedOut(Report error) {
        Flow quoted = error.quoted();
        Mapping mapping = withSession(quoted.protocol(), quoted.dst(), quoted.remote(true));
        boolean known = mapping != null && quoted.src().address().equals(error.dst());
        return known
                ? all.afterwards(new Report(mapping.outside.address(), error.dst(), quoted.to(mapping.outside)))
                : null;
    }

    @Override
    Report quotedIn(Report error, ShareReference from) {
        Flow quoted = error.quoted();
        Mapping mapping = byOutside(quoted.protocol(), quoted.src());
        boolean known = mapping != null
                && mapping.sessions.containsKey(quoted.remote(false))
                && quoted.src().address().equals(error.dst());
        if (known) {
            return entered(new Report(error.src(), mapping.inside().address(), quoted.from(mapping.inside())));
        }
        return from == null ? null : all.hairpin(from, this, error);
    }

    @Override
    boolean survives(Share to) {
        Pool now = to.pool();
        boolean samePorts = pool().firstPort() == now.firstPort()
                && pool().lastPort() == now.lastPort()
                && pool().portBlock() == now.portBlock()
                && pool().deterministic() == now.deterministic();
        boolean sameAddresses =
                share.inside().equals(to.inside()) && share.outside().equals(to.outside());
        boolean formula = pool().deterministic() || now.deterministic();
        boolean arranged = formula || pool().portBlock() > 0 || now.portBlock() > 0;
        return to.kind() == share.kind() && (!arranged || samePorts) && (!formula || sameAddresses);
    }

    @Override
    void change(Share to) {
        List<Forward> before = pool().forwards();
        share = to;
        before.stream()
                .filter(f -> !to.pool().forwards().contains(f))
                .forEach(f -> mappings.removeIf(m -> m.isForward && isOf(m, f)));
        mappings.forEach(m -> m.sessions.keySet().removeIf(r -> !isLegal(m) || isExempt(r.address())));
        mappings.removeIf(m -> !isLegal(m));
        to.pool().forwards().stream().filter(f -> !before.contains(f)).forEach(this::forward);
        mappings.forEach(this::rest);
    }

    private boolean isLegal(Mapping m) {
        boolean inRange = m.isForward
                || !m.hasPort()
                || (m.outside.port() >= pool().firstPort() && m.outside.port() <= pool().lastPort());
        return inRange && isInside(m.inside().address()) && isOutside(m.outside.address());
    }

    private static boolean isOf(Mapping m, Forward f) {
        return m.protocol() == f.protocol()
                && m.outside.equals(new Party(f.outside().toString(), f.outsidePort()));
    }

    /** A forward takes its outside port, and is how its inside port is seen from now on. */
    private void forward(Forward f) {
        Mapping.Key key = new Mapping.Key(f.protocol(), new Party(f.inside().toString(), f.insidePort()), "", 0);
        mappings.removeIf(m -> isOf(m, f) || (!m.isForward && m.key.equals(key)));
        mappings.add(new Mapping(key, new Party(f.outside().toString(), f.outsidePort()), true));
    }

    /** Without sessions, a port that others may have answers for rests (RFC 6888, REQ-8). */
    private void rest(Mapping m) {
        boolean rests =
                pool().filtering() == Filtering.ENDPOINT_INDEPENDENT && m.protocol() != 6 && !pool().deterministic();
        if (m.sessions.isEmpty() && m.restsUntil == 0) {
            m.restsUntil = rests ? all.clock.tick + Clock.ticks(Duration.ofMinutes(2)) : all.clock.tick;
        }
    }

    @Override
    void expire() {
        for (Mapping m : mappings) {
            m.sessions.values().removeIf(t -> t.isOver(all.clock, pool(), m.protocol()));
            rest(m);
        }
        mappings.removeIf(m -> !m.isForward && m.sessions.isEmpty() && all.clock.tick >= m.restsUntil);
    }

    @Override
    long sessions() {
        return mappings.stream().mapToLong(m -> m.sessions.size()).sum();
    }

    @Override
    long ports() {
        return mappings.stream().filter(Mapping::hasPort).count();
    }
}
