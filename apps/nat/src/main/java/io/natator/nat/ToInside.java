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
import java.util.Map;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.PortNumber;

/** Table 1: destinations. */
final class ToInside {
    private static final Match INSIDE = Match.any().metadata(Mark.INSIDE);
    private static final Match OUTSIDE = Match.any().metadata(Mark.OUTSIDE);

    private final Context context;
    private final Work work;
    private final Program out;

    private ToInside(Context context, Work work, Program out) {
        this.context = context;
        this.work = work;
        this.out = out;
    }

    /** What no translation rewrites goes on; routed, only if there is a route for it. */
    static void device(Context context, Program out) {
        if (context.routed()) {
            routable(context).forEach((prefix, side) -> {
                AddressField dst = prefix.isIp4() ? AddressField.IPV4_DST : AddressField.IPV6_DST;
                Match inside = INSIDE.ip(prefix.isIp4()).address(dst, prefix);
                Match outside = OUTSIDE.ip(prefix.isIp4()).address(dst, prefix);
                int priority = Priority.ROUTABLE + prefix.prefixLength();
                // What stays inside keeps its inside address: applying a translation must not cut it off.
                Stage next = side == Side.INSIDE ? FORWARD : TO_OUTSIDE;
                out.add(TO_INSIDE, priority, "", inside, out.goTo(next));
                out.add(TO_INSIDE, priority, "", outside, out.goTo(FORWARD));
            });
            // The controller says so by ICMP, while the packet is still as the host sent it.
            out.add(TO_INSIDE, Priority.REST, "", Match.any(), Actions.output(PortNumber.CONTROLLER));
            return;
        }
        out.add(TO_INSIDE, Priority.REST, "", INSIDE, out.goTo(TO_OUTSIDE));
        // ARP and ND from outside have sources to be rewritten.
        out.add(TO_INSIDE, Priority.REST, "", OUTSIDE, out.goTo(context.transparent() ? TO_OUTSIDE : FORWARD));
        if (context.transparent() && context.ipv6()) {
            for (int type : Admission.ND_TYPES) {
                out.add(TO_INSIDE, Priority.ND, "", INSIDE.icmpv6(type), out.goTo(TO_OUTSIDE));
                out.add(TO_INSIDE, Priority.ND, "", OUTSIDE.icmpv6(type), out.goTo(TO_OUTSIDE));
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
        ToInside table = new ToInside(context, work, out);
        table.exempt();
        table.local();
        table.inward();
        if (work.link()) {
            table.link();
        }
    }

    private void exempt() {
        Actions asItIs = out.goTo(FORWARD);
        Match inside = INSIDE.ip(work.ipv4()).address(work.src(), work.inside());
        Match outside = OUTSIDE.ip(work.ipv4()).address(work.dst(), work.outside());
        for (IpPrefix exempt : work.exempt()) {
            out.exempt(TO_INSIDE, work.owner(), inside.address(work.dst(), exempt), asItIs);
            out.exempt(TO_INSIDE, work.owner(), outside.address(work.src(), exempt), asItIs);
            if (work.link() && work.ipv4() && work.linkPrefixes()) {
                arpExempt(INSIDE.arp(), work.inside(), exempt, asItIs);
                arpExempt(OUTSIDE.arp(), work.outside(), exempt, asItIs);
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
        Match inside = INSIDE.ip(work.ipv4());
        add(Priority.BLOCK, inside.address(work.dst(), work.inside()), out.goTo(FORWARD));
        for (IpAddress gateway : work.gateways()) {
            rewrite(
                    Priority.SPECIAL,
                    work.dst(),
                    inside.address(work.src(), work.inside()),
                    Work.host(gateway),
                    Work.host(work.outside(gateway)),
                    out.goTo(TO_OUTSIDE));
        }
    }

    /** From outside, or routed from inside (a hairpin), to outside addresses. */
    private void inward() {
        Match outside = OUTSIDE.ip(work.ipv4());
        Actions next = work.gateways().isEmpty() ? out.goTo(FORWARD) : out.markThenGoTo(Mark.MADE_INSIDE, TO_OUTSIDE);
        everyInward(Priority.BLOCK, work.dst(), outside, next);
        leftover(work.dst(), outside, work.outside(), work.partial());
        if (context.routed()) {
            Match inside = INSIDE.ip(work.ipv4());
            everyInward(Priority.SPECIAL, work.dst(), inside, out.goTo(TO_OUTSIDE));
            leftover(work.dst(), inside, work.outside(), work.partial());
        }
    }

    private void link() {
        Actions next = out.goTo(TO_OUTSIDE);
        if (work.ipv4()) {
            bothWays(AddressField.ARP_TPA, INSIDE.arp(), OUTSIDE.arp(), next);
            return;
        }
        for (int type : Admission.ND_TYPES) {
            bothWays(AddressField.IPV6_DST, INSIDE.icmpv6(type), OUTSIDE.icmpv6(type), next);
        }
    }

    private void bothWays(AddressField field, Match inside, Match outside, Actions next) {
        for (int i = 0; i < work.pairs().size(); i++) {
            rewrite(
                    Priority.LINK,
                    field,
                    inside,
                    work.pairs().inside(i),
                    work.pairs().outside(i),
                    next);
        }
        everyInward(Priority.LINK, field, outside, next);
        if (work.partialLink()) {
            add(Priority.LEFTOVER_LINK, inside.address(field, work.inside()), Actions.drop());
            add(Priority.LEFTOVER_LINK, outside.address(field, work.outside()), Actions.drop());
        }
    }

    private void everyInward(int priority, AddressField field, Match match, Actions next) {
        for (int i = 0; i < work.pairs().size(); i++) {
            rewrite(
                    priority,
                    field,
                    match,
                    work.pairs().outside(i),
                    work.pairs().inside(i),
                    next);
        }
    }

    private void leftover(AddressField field, Match match, IpPrefix block, boolean needed) {
        if (needed) {
            add(Priority.LEFTOVER, match.address(field, block), Actions.drop());
        }
    }

    private void rewrite(int priority, AddressField field, Match match, IpPrefix from, IpPrefix to, Actions next) {
        add(priority, match.address(field, from), Actions.setThen(field, to, next));
    }

    private void add(int priority, Match match, Actions actions) {
        out.add(TO_INSIDE, priority, work.owner(), match, actions);
    }
}
