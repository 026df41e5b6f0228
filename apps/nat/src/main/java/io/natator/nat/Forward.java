package io.natator.nat;

import static io.natator.nat.Stage.FORWARD;

import io.natator.model.device.ResolvedPort;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Route;
import io.natator.model.proof.ProbeCase;
import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Match;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;

/** Table 3: where the packet leaves. */
final class Forward {
    private static final Actions CONTROLLER = Actions.output(PortNumber.CONTROLLER);

    private final Context context;
    private final Program out;
    private final Set<IpPrefix> routed = new HashSet<>();

    private Forward(Context context, Program out) {
        this.context = context;
        this.out = out;
    }

    static void device(Context context, Program out) {
        Forward table = new Forward(context, out);
        table.add(Priority.PROBE, Match.any().ethSrc(ProbeCase.MAC), CONTROLLER);
        switch (context.device().mode()) {
            case TRANSPARENT -> table.wires();
            case NORMAL -> table.normal();
            case ROUTED -> table.routes();
        }
    }

    private void wires() {
        for (ResolvedPort port : context.ports()) {
            port.peer().ifPresent(peer -> add(Priority.BASE, Match.any().inPort(port.number()), Actions.output(peer)));
        }
        for (Tags.Way way : context.waysBack()) {
            port(way)
                    .flatMap(ResolvedPort::peer)
                    .ifPresent(peer -> add(Priority.BASE, back(way), Actions.output(peer)));
        }
    }

    private Match back(Tags.Way way) {
        return Match.any().metadata(context.marks().wire(way.index()));
    }

    private Optional<ResolvedPort> port(Tags.Way way) {
        return context.ports().stream()
                .filter(p -> p.config().port().equals(way.port()))
                .findFirst();
    }

    static void translation(Context context, Work work, Program out) {
        if (!(context.reach() instanceof Reach.Linked linked)) {
            return;
        }
        context.hairpins().passedOn(context, work, linked, out);
        if (!work.byRules()) {
            Forward table = new Forward(context, out);
            if (context.routed()) {
                table.hairpins(linked, work);
            } else {
                table.replies(work);
            }
        }
    }

    /** Inside hosts that speak to an outside address of a pool; their sources are translated by now. */
    private void hairpins(Reach.Linked linked, Work work) {
        for (Part part : work.parts()) {
            for (IpPrefix prefix : part.outside()) {
                for (Reach.Way way : linked.ways(Stage.TO_INSIDE, Side.OUTSIDE, part, to(prefix), Actions.drop())) {
                    out.add(FORWARD, Priority.POOL, work.owner(), way.match(), way.actions());
                }
                linked.port(part)
                        .ifPresent(port -> out.add(
                                FORWARD,
                                Priority.POOL + 1,
                                work.owner(),
                                to(prefix).inPort(port.number()),
                                Reach.Linked.send(
                                        linked.entries().stream()
                                                .filter(e -> e.side() == Side.OUTSIDE)
                                                .findFirst()
                                                .orElseThrow(),
                                        Stage.TO_INSIDE,
                                        PortNumber.IN_PORT)));
            }
        }
    }

    /** What a software switch tells an inside host goes back by the port by which it asked. */
    private void replies(Work work) {
        for (Tags.Way way : work.parts().isEmpty() ? List.<Tags.Way>of() : context.waysBack()) {
            if (way.side() == Side.INSIDE) {
                Match match = back(way).ip(work.ipv4()).address(work.dst(), work.inside());
                port(way)
                        .ifPresent(port ->
                                out.add(FORWARD, Priority.OWN, work.owner(), match, Actions.output(port.number())));
            }
        }
    }

    /** What comes back counts as come by the port by which it once did: else its sender would be looked for behind the SERVICE port. */
    private void normal() {
        Actions normal = Actions.output(PortNumber.NORMAL);
        for (Side side : List.of(Side.INSIDE, Side.OUTSIDE)) {
            add(Priority.BASE, Match.any().metadata(context.marks().of(side)), normal);
        }
        for (Tags.Way way : context.waysBack()) {
            port(way).ifPresent(port -> add(Priority.BASE, back(way), normal.after(Actions.setInPort(port.number()))));
        }
    }

    /** Longest prefix first: hosts that are resolved, prefixes of gateways, routes. */
    private void routes() {
        for (Gateway own : context.gateways()) {
            // By way of a translation only: a packet that names it directly has not come so far.
            add(Priority.OWN, to(own.address().toIpPrefix()), Actions.drop());
        }
        context.nextHops().forEach((address, mac) -> {
            Optional<ResolvedPort> port = context.link(address);
            if (port.isPresent()
                    && context.gateways().stream().noneMatch(g -> g.address().equals(address))) {
                via(address.toIpPrefix(), port.get(), mac);
            }
        });
        for (Gateway gateway : context.gateways()) {
            unresolved(gateway.onLink(), CONTROLLER);
        }
        for (Route route : context.device().routes()) {
            Optional<ResolvedPort> port = context.link(route.nextHop());
            MacAddress mac = context.nextHops().get(route.nextHop());
            if (port.isPresent() && mac != null) {
                via(route.prefix(), port.get(), mac);
            } else {
                unresolved(route.prefix(), Actions.drop());
            }
        }
        add(Priority.REST, Match.any(), Actions.drop());
    }

    private void via(IpPrefix prefix, ResolvedPort port, MacAddress mac) {
        if (!routed.add(prefix)) {
            return;
        }
        int priority = Priority.BASE + 2 * prefix.prefixLength();
        // OpenFlow sends nothing back to where it came from unless told so (1.3.5, section 7.2.1).
        add(priority + 1, to(prefix).inPort(port.number()), Actions.route(port.mac(), mac, PortNumber.IN_PORT));
        add(priority, to(prefix), Actions.route(port.mac(), mac, PortNumber.portNumber(port.number())));
    }

    private void unresolved(IpPrefix prefix, Actions actions) {
        if (routed.add(prefix)) {
            add(Priority.BASE + 2 * prefix.prefixLength(), to(prefix), actions);
        }
    }

    private static Match to(IpPrefix prefix) {
        AddressField dst = prefix.isIp4() ? AddressField.IPV4_DST : AddressField.IPV6_DST;
        return Match.any().ip(prefix.isIp4()).address(dst, prefix);
    }

    private void add(int priority, Match match, Actions actions) {
        out.add(FORWARD, priority, "", match, actions);
    }
}
