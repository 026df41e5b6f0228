package io.natator.nat;

import static io.natator.nat.Stage.FORWARD;
import static io.natator.nat.Stage.TO_INSIDE;
import static io.natator.nat.Stage.TO_OUTSIDE;

import io.natator.model.device.ResolvedPort;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Route;
import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Match;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.PortNumber;

/** Table 1: destinations. */
final class ToInside {
    private final Context context;
    private final Work work;
    private final Program out;
    private final Match fromInside;
    private final Match fromOutside;

    private ToInside(Context context, Work work, Program out) {
        this.fromInside = Match.any().metadata(context.marks().inside());
        this.fromOutside = Match.any().metadata(context.marks().outside());
        this.context = context;
        this.work = work;
        this.out = out;
    }

    /** What no translation rewrites goes on; routed, only if there is a route for it. */
    static void device(Context context, Program out) {
        if (!context.routed()) {
            bridged(context, out);
            return;
        }
        Match fromInside = Match.any().metadata(context.marks().inside());
        Match fromOutside = Match.any().metadata(context.marks().outside());
        routable(context).forEach((prefix, side) -> {
            AddressField dst = prefix.isIp4() ? AddressField.IPV4_DST : AddressField.IPV6_DST;
            Match inside = fromInside.ip(prefix.isIp4()).address(dst, prefix);
            Match outside = fromOutside.ip(prefix.isIp4()).address(dst, prefix);
            int priority = Priority.ROUTABLE + prefix.prefixLength();
            // What stays inside keeps its inside address: applying a translation must not cut it off.
            Stage next = side == Side.INSIDE ? FORWARD : TO_OUTSIDE;
            out.add(TO_INSIDE, priority, "", inside, out.goTo(next));
            out.add(TO_INSIDE, priority, "", outside, out.goTo(FORWARD));
        });
        // The controller says so by ICMP, while the packet is still as the host sent it.
        out.add(TO_INSIDE, Priority.REST, "", Match.any(), Actions.output(PortNumber.CONTROLLER));
    }

    /** Everything goes on. */
    static void bridged(Context context, Program out) {
        Match fromInside = Match.any().metadata(context.marks().inside());
        Match fromOutside = Match.any().metadata(context.marks().outside());
        out.add(TO_INSIDE, Priority.REST, "", fromInside, out.goTo(TO_OUTSIDE));
        // ARP and ND from outside have sources to be rewritten.
        out.add(TO_INSIDE, Priority.REST, "", fromOutside, out.goTo(context.transparent() ? TO_OUTSIDE : FORWARD));
        if (context.transparent() && context.ipv6()) {
            for (int type : Admission.ND_TYPES) {
                out.add(TO_INSIDE, Priority.ND, "", fromInside.icmpv6(type), out.goTo(TO_OUTSIDE));
                out.add(TO_INSIDE, Priority.ND, "", fromOutside.icmpv6(type), out.goTo(TO_OUTSIDE));
            }
        }
    }

    /** Every prefix that there is a way to, and where that way leads. */
    private static Map<IpPrefix, Side> routable(Context context) {
        Map<IpPrefix, Side> routable = new LinkedHashMap<>();
        for (ResolvedPort port : context.ports()) {
            for (Gateway gateway : port.config().gateways()) {
                routable.putIfAbsent(gateway.onLink(), port.side());
            }
        }
        for (Route route : context.device().routes()) {
            Side side = context.link(route.nextHop()).map(ResolvedPort::side).orElse(Side.OUTSIDE);
            routable.putIfAbsent(route.prefix(), side);
        }
        return routable;
    }

    static void translation(Context context, Work work, Program out) {
        if (work.crosses()) {
            BetweenFamilies.toInside(context, work, out);
            return;
        }
        ToInside table = new ToInside(context, work, out);
        table.exempt();
        table.local();
        if (work.stateful()) {
            table.sessions();
            return;
        }
        table.errors();
        table.inward();
        table.shared();
        if (work.link()) {
            table.link();
        }
    }

    private void exempt() {
        Actions asItIs = out.goTo(FORWARD);
        Match inside = fromInside.ip(work.ipv4()).address(work.src(), work.inside());
        Match outside = fromOutside.ip(work.ipv4());
        for (IpPrefix exempt : work.exempt()) {
            out.exempt(TO_INSIDE, work.owner(), inside.address(work.dst(), exempt), asItIs);
            // There is nobody at an address of a pool but by a session.
            Actions back = work.stateful() ? Actions.drop() : asItIs;
            for (IpPrefix to : work.translation().outsides()) {
                out.exempt(
                        TO_INSIDE,
                        work.owner(),
                        outside.address(work.src(), exempt).address(work.dst(), to),
                        back);
            }
            if (work.link() && work.ipv4() && work.linkPrefixes()) {
                // The other party may be a host that is shared, of which others say the same.
                Actions stays = out.markThenGoTo(context.marks().exempt(), FORWARD);
                arpExempt(fromInside.arp(), work.inside(), exempt, stays);
                arpExempt(fromOutside.arp(), work.outside(), exempt, asItIs);
            }
        }
    }

    private void arpExempt(Match match, IpPrefix block, IpPrefix exempt, Actions asItIs) {
        AddressField spa = AddressField.ARP_SPA;
        AddressField tpa = AddressField.ARP_TPA;
        out.exempt(TO_INSIDE, work.owner(), match.address(spa, block).address(tpa, exempt), asItIs);
        out.exempt(TO_INSIDE, work.owner(), match.address(spa, exempt).address(tpa, block), asItIs);
    }

    /** From inside to inside: as it is, except to the router beyond. */
    private void local() {
        Match inside = fromInside.ip(work.ipv4());
        Match local = inside.address(work.dst(), work.inside());
        out.once(TO_INSIDE, Priority.BLOCK, work.owner(), local, out.goTo(FORWARD));
        for (IpAddress gateway : work.gateways()) {
            rewrite(
                    Priority.SPECIAL,
                    work.dst(),
                    inside.address(work.src(), work.inside()),
                    Work.host(gateway),
                    Work.host(work.outside(gateway)),
                    out.goTo(TO_OUTSIDE));
        }
        for (Part part : work.parts()) {
            for (IpAddress gateway :
                    work.translation().gateways().stream().distinct().toList()) {
                if (!work.gateways().contains(gateway)) {
                    Match left = inside.address(work.src(), work.inside()).address(work.dst(), Work.host(gateway));
                    serve(Priority.SPECIAL, Side.INSIDE, part, left, Actions.drop());
                }
            }
        }
    }

    /** From outside, or routed from inside (a hairpin), to outside addresses. */
    private void inward() {
        Match outside = fromOutside.ip(work.ipv4());
        for (Part part : work.parts()) {
            for (IpAddress gateway : leftGateways()) {
                Match left = outside.address(work.src(), Work.host(work.outside(gateway)))
                        .address(work.dst(), work.outside());
                serve(Priority.SPECIAL, Side.OUTSIDE, part, left, Actions.drop());
            }
        }
        everyInward(Priority.BLOCK, work.dst(), outside, work.pairs(), madeInside());
        leftover(Side.OUTSIDE, outside, madeInside());
        if (context.routed()) {
            Match inside = fromInside.ip(work.ipv4());
            Actions next = out.goTo(TO_OUTSIDE);
            if (work.turns()) {
                everyInward(Priority.SPECIAL, work.dst(), inside, work.pairs(), next);
                leftover(Side.INSIDE, inside, next);
            } else {
                leave(Priority.SPECIAL, Side.INSIDE, inside.address(work.dst(), work.outside()), next);
            }
        }
    }

    /** To hosts that have other outside addresses, too: that must be remembered. */
    private void shared() {
        for (IpPrefix inside : work.sharing().inside()) {
            IpPrefix to = IpPrefix.valueOf(work.outside(inside.address()), inside.prefixLength());
            Match outside = fromOutside.ip(work.ipv4()).address(work.dst(), to);
            leave(Priority.BLOCK + 1, Side.OUTSIDE, outside, madeInside());
            if (context.routed()) {
                Match hairpin = fromInside.ip(work.ipv4()).address(work.dst(), to);
                leave(Priority.SPECIAL + 1, Side.INSIDE, hairpin, out.goTo(TO_OUTSIDE));
            }
        }
    }

    /** Gateways that no rule here knows. */
    private List<IpAddress> leftGateways() {
        return work.translation().gateways().stream()
                .distinct()
                .filter(g -> !work.gateways().contains(g))
                .toList();
    }

    private Actions madeInside() {
        return work.gateways().isEmpty()
                ? out.goTo(FORWARD)
                : out.markThenGoTo(context.marks().madeInside(), TO_OUTSIDE);
    }

    /** What quotes a packet must be translated within. */
    private void errors() {
        for (Part part : work.parts()) {
            for (Match error : IcmpErrors.of(work.ipv4(), fromOutside)) {
                serve(Priority.ERROR, Side.OUTSIDE, part, error.address(work.dst(), work.outside()), madeInside());
            }
            for (Match error : context.routed() ? IcmpErrors.of(work.ipv4(), fromInside) : List.<Match>of()) {
                Actions next = out.goTo(TO_OUTSIDE);
                serve(Priority.ERROR, Side.INSIDE, part, error.address(work.dst(), work.outside()), next);
            }
        }
    }

    /** By sessions. Who comes from outside with an inside address lies; it must not be taken for a hairpin. */
    private void sessions() {
        Match outside = fromOutside.ip(work.ipv4());
        for (IpPrefix prefix : work.translation().outsides()) {
            Match to = outside.address(work.dst(), prefix);
            add(Priority.SPECIAL, to.address(work.src(), work.inside()), Actions.drop());
            if (work.parts().isEmpty()) {
                add(Priority.LEFTOVER, to, Actions.drop());
            }
            if (context.routed()) {
                // First its source, then, at FORWARD, its destination: as if it had left and come back.
                Match hairpin = fromInside.ip(work.ipv4()).address(work.dst(), prefix);
                add(Priority.SPECIAL, hairpin, work.parts().isEmpty() ? Actions.drop() : out.goTo(TO_OUTSIDE));
            }
        }
        for (Part part : work.parts()) {
            for (IpPrefix prefix : part.outside()) {
                serve(Priority.BLOCK, Side.OUTSIDE, part, outside.address(work.dst(), prefix), out.goTo(FORWARD));
                if (context.offers() && Bound.offered(work.translation())) {
                    Bound.exceptions(fromOutside, work.dst(), prefix, List.of())
                            .forEach(m -> serve(Priority.UNBOUND, Side.OUTSIDE, part, m, out.goTo(FORWARD)));
                }
            }
        }
    }

    private void serve(int priority, Side side, Part part, Match match, Actions next) {
        for (Reach.Way way : context.reach().ways(TO_INSIDE, side, part, match, next)) {
            add(priority, way.match(), way.actions());
        }
    }

    private void link() {
        Actions next = out.goTo(TO_OUTSIDE);
        if (work.ipv4()) {
            bothWays(AddressField.ARP_TPA, fromInside.arp(), fromOutside.arp(), next);
            if (work.linkPairs().size() > 0) {
                Copies.blocks(work)
                        .forEach(b ->
                                add(Priority.LINK + Priority.RANKS, Copies.between(fromInside.arp(), work, b), next));
            }
            return;
        }
        for (int type : Admission.ND_TYPES) {
            bothWays(AddressField.IPV6_DST, fromInside.icmpv6(type), fromOutside.icmpv6(type), next);
        }
    }

    private void bothWays(AddressField field, Match inside, Match outside, Actions next) {
        int rank = work.sharing().rank();
        Pairs pairs = work.linkPairs();
        for (int i = 0; i < pairs.size(); i++) {
            rewrite(Priority.LINK + rank, field, inside, pairs.inside(i), pairs.outside(i), next);
        }
        everyInward(Priority.LINK, field, outside, pairs, next);
        if (work.partialLink()) {
            leave(Priority.LEFTOVER_LINK + rank, Side.INSIDE, inside.address(field, work.inside()), next);
            leave(Priority.LEFTOVER_LINK, Side.OUTSIDE, outside.address(field, work.outside()), next);
        }
    }

    private void everyInward(int priority, AddressField field, Match match, Pairs pairs, Actions next) {
        for (int i = 0; i < pairs.size(); i++) {
            rewrite(priority, field, match, pairs.outside(i), pairs.inside(i), next);
        }
    }

    private void leftover(Side side, Match match, Actions next) {
        if (work.partial()) {
            leave(Priority.LEFTOVER, side, match.address(work.dst(), work.outside()), next);
        }
    }

    /** By a software switch, if there is one. */
    private void leave(int priority, Side side, Match match, Actions next) {
        if (work.parts().isEmpty()) {
            add(priority, match, Actions.drop());
        }
        for (Part part : work.parts()) {
            serve(priority, side, part, match, next);
        }
    }

    private void rewrite(int priority, AddressField field, Match match, IpPrefix from, IpPrefix to, Actions next) {
        add(priority, match.address(field, from), Actions.setThen(field, to, next));
    }

    private void add(int priority, Match match, Actions actions) {
        out.add(TO_INSIDE, priority, work.owner(), match, actions);
    }
}
