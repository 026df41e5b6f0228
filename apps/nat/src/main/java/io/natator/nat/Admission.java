package io.natator.nat;

import static io.natator.nat.Stage.ADMISSION;
import static io.natator.nat.Stage.FORWARD;
import static io.natator.nat.Stage.TO_INSIDE;
import static io.natator.nat.Stage.TO_OUTSIDE;

import io.natator.model.device.Capabilities.Feature;
import io.natator.model.device.ResolvedPort;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.packet.SolicitedNode;
import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Match;
import io.natator.model.rule.Move;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.instructions.Instructions;

/** Table 0: which side a packet comes from, and what is for ourselves. Ports that are not configured get no rule. */
final class Admission {
    /** Neighbour solicitation and advertisement (RFC 4861). */
    static final List<Integer> ND_TYPES = List.of(135, 136);

    private static final int SOLICITATION = 135;
    private static final int ADVERTISEMENT = 136;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;
    private static final Actions CONTROLLER = Actions.output(PortNumber.CONTROLLER);

    private final Context context;
    private final Program out;

    private Admission(Context context, Program out) {
        this.context = context;
        this.out = out;
    }

    static void device(Context context, Program out) {
        Admission table = new Admission(context, out);
        for (ResolvedPort port : context.ports()) {
            if (port.side() == Side.SERVICE) {
                table.service(port);
            } else if (context.routed()) {
                table.routed(port);
            } else {
                table.bridged(port);
            }
        }
    }

    /** What comes back goes on where it left: without its tag. Nothing else is heard. */
    private void service(ResolvedPort port) {
        for (Tags.Way way : context.waysBack()) {
            for (Stage stage : List.of(ADMISSION, TO_INSIDE, TO_OUTSIDE)) {
                if (stage == ADMISSION && !context.transparent()) {
                    continue;
                }
                Match back = from(port).vlan(Tags.vid(way.index(), stage));
                long wire = context.routed()
                        ? context.marks().service()
                        : context.marks().wire(way.index());
                // Routed from inside to inside, its source is still an inside address.
                boolean half = context.routed() && way.side() == Side.INSIDE && stage == TO_INSIDE;
                Actions next =
                        half ? out.markThenGoTo(context.marks().inside(), TO_OUTSIDE) : out.markThenGoTo(wire, FORWARD);
                add(Priority.BASE, back, next.after(Actions.popVlan()));
            }
        }
        add(Priority.REST, from(port), Actions.drop());
    }

    private void bridged(ResolvedPort port) {
        long mark = context.marks().of(port.side());
        add(Priority.BASE, from(port), out.markThenGoTo(mark, TO_INSIDE));
        if (context.ipv6() && !context.transparent()) {
            // A router that keeps its inside address must still be found.
            for (int type : ND_TYPES) {
                add(Priority.SPECIAL, from(port).icmpv6(type), out.markThenGoTo(mark, FORWARD));
            }
        }
    }

    private void routed(ResolvedPort port) {
        for (Gateway gateway : port.config().gateways()) {
            if (gateway.address().isIp4()) {
                arp(port, gateway.address().toIpPrefix());
            } else {
                neighborDiscovery(port, gateway.address().toIpPrefix());
            }
            boolean ipv4 = gateway.address().isIp4();
            Match toUs = from(port).ethDst(port.mac()).ip(ipv4);
            for (int ttl = 0; ttl <= 1 && context.abilities().can(Feature.MATCH_TTL); ttl++) {
                add(Priority.TTL, toUs.ttl(ttl), CONTROLLER);
            }
            add(Priority.BASE, toUs, out.markThenGoTo(context.marks().of(port.side()), TO_INSIDE));
        }
        for (Gateway own : context.gateways()) {
            boolean ipv4 = own.address().isIp4();
            AddressField dst = ipv4 ? AddressField.IPV4_DST : AddressField.IPV6_DST;
            Match toUs = from(port).ethDst(port.mac()).ip(ipv4);
            add(Priority.OWN_ADDRESS, toUs.address(dst, own.address().toIpPrefix()), CONTROLLER);
        }
        announcements(port);
        strays(port);
        add(Priority.REST, from(port), Actions.drop());
    }

    /**
     * A host that rules lead to says that it has another MAC now: an ARP announcement (RFC 5227, section 3) or an
     * unsolicited advertisement (RFC 4861, section 7.2.6). One rule a host, since what else hosts say to each other
     * must not come up.
     */
    private void announcements(ResolvedPort port) {
        for (IpAddress host : context.nextHops().keySet()) {
            boolean own = context.gateways().stream().anyMatch(g -> g.address().equals(host));
            if (own || !context.link(host).equals(Optional.of(port))) {
                continue;
            }
            IpPrefix address = host.toIpPrefix();
            Match match = host.isIp4()
                    ? from(port).arp().address(AddressField.ARP_SPA, address).address(AddressField.ARP_TPA, address)
                    : from(port).icmpv6(ADVERTISEMENT).address(AddressField.ND_TARGET, address);
            add(Priority.OWN, match, CONTROLLER);
        }
    }

    /** Neighbour discovery ends at a router, whoever it is for (RFC 4861, section 3.1). */
    private void strays(ResolvedPort port) {
        if (context.gateways().stream().anyMatch(g -> g.address().isIp6())) {
            ND_TYPES.forEach(type -> add(Priority.STRAY, from(port).icmpv6(type), Actions.drop()));
        }
    }

    private void arp(ResolvedPort port, IpPrefix address) {
        Match arp = from(port).arp().address(AddressField.ARP_TPA, address);
        Actions answer = context.abilities().answersArp() ? answer(port.mac(), address) : CONTROLLER;
        add(Priority.OWN, arp.arpOp(REQUEST), answer);
        add(Priority.OWN, arp.arpOp(REPLY), CONTROLLER);
    }

    /** The request turned into its reply (RFC 826), sent back where it came from. */
    private static Actions answer(MacAddress mac, IpPrefix address) {
        return Actions.apply(
                Actions.move(Move.Field.ETH_SRC, Move.Field.ETH_DST),
                Instructions.modL2Src(mac),
                Instructions.modL3ArpOp((short) REPLY),
                Actions.move(Move.Field.ARP_SHA, Move.Field.ARP_THA),
                Instructions.modArpSha(mac),
                Actions.move(Move.Field.ARP_SPA, Move.Field.ARP_TPA),
                Actions.setAddress(AddressField.ARP_SPA, address),
                Instructions.createOutput(PortNumber.IN_PORT));
    }

    private void neighborDiscovery(ResolvedPort port, IpPrefix address) {
        add(Priority.OWN, from(port).icmpv6(SOLICITATION).address(AddressField.ND_TARGET, address), CONTROLLER);
        add(Priority.OWN, from(port).icmpv6(ADVERTISEMENT).address(AddressField.IPV6_DST, address), CONTROLLER);
    }

    static void translation(Context context, Work work, Program out) {
        if (context.routed()) {
            proxy(context, work, out);
        } else if (work.link() && !work.ipv4()) {
            for (ResolvedPort port : context.ports()) {
                if (port.side() != Side.SERVICE) {
                    targets(context, from(port), port.side(), work, out);
                }
            }
        }
    }

    /** Who asks at an outside port for an outside address is told by the controller that it is here. */
    private static void proxy(Context context, Work work, Program out) {
        for (ResolvedPort port : context.ports(Side.OUTSIDE)) {
            if (!work.linkPrefixes()) {
                continue;
            }
            for (IpPrefix outside : work.translation().outsides()) {
                Match match = outside.isIp4()
                        ? from(port).arp().arpOp(REQUEST).address(AddressField.ARP_TPA, outside)
                        : from(port).icmpv6(SOLICITATION).address(AddressField.ND_TARGET, outside);
                out.add(ADMISSION, Priority.OWN, work.owner(), match, CONTROLLER);
            }
        }
    }

    /** TRANSPARENT: the target of neighbour discovery; source and destination follow in tables 1 and 2. */
    static void targets(Context context, Match from, Side side, Work work, Program out) {
        boolean outward = side == Side.INSIDE;
        IpPrefix block = outward ? work.inside() : work.outside();
        int rank = outward ? work.sharing().rank() : 0;
        long mark = context.marks().of(side);
        Actions next = out.markThenGoTo(mark, TO_INSIDE);
        AddressField target = AddressField.ND_TARGET;
        for (int type : ND_TYPES) {
            Match match = from.icmpv6(type);
            boolean copied =
                    outward && type == ADVERTISEMENT && !work.sharing().around().isEmpty();
            for (int i = 0; i < work.linkPairs().size(); i++) {
                IpPrefix inside = work.linkPairs().inside(i);
                IpPrefix outside = work.linkPairs().outside(i);
                IpPrefix before = outward ? inside : outside;
                IpPrefix to = outward ? outside : inside;
                Match asked = match.address(target, before);
                Actions rewrite = copied ? next : Actions.setThen(target, to, next);
                out.add(
                        ADMISSION,
                        rank == 0 ? Priority.BLOCK : Priority.SPECIAL + 2 * rank,
                        work.owner(),
                        asked,
                        rewrite);
                if (type == SOLICITATION && SolicitedNode.differ(before, to)) {
                    AddressField group = AddressField.IPV6_DST;
                    out.add(
                            ADMISSION,
                            rank == 0 ? Priority.SPECIAL : Priority.SPECIAL + 2 * rank + 1,
                            work.owner(),
                            asked.address(group, SolicitedNode.groups(before)),
                            rewrite.after(
                                    Actions.setAddress(group, SolicitedNode.groups(to)),
                                    Instructions.modL2Dst(SolicitedNode.ALL_NODES)));
                }
            }
            for (IpPrefix exempt : work.linkPrefixes() ? work.exempt() : List.<IpPrefix>of()) {
                long stays = outward ? context.marks().exempt() : mark;
                exempt(match, block, exempt, work, out, out.markThenGoTo(stays, FORWARD));
            }
            if (work.partialLink()) {
                leave(context, match.address(target, block), side, rank, work, out);
            }
        }
    }

    /** To a software switch, if there is one. */
    private static void leave(Context context, Match match, Side side, int rank, Work work, Program out) {
        int priority = Priority.LEFTOVER + rank;
        if (work.parts().isEmpty()) {
            out.add(ADMISSION, priority, work.owner(), match, Actions.drop());
        }
        for (Part part : work.parts()) {
            context.reach()
                    .here(ADMISSION, side, part, match)
                    .ifPresent(way -> out.add(ADMISSION, priority, work.owner(), way.match(), way.actions()));
        }
    }

    /** Untouched if any of its addresses is of the block and any other of the exempt ones. */
    private static void exempt(Match match, IpPrefix block, IpPrefix exempt, Work work, Program out, Actions asItIs) {
        List<AddressField> fields = List.of(AddressField.IPV6_SRC, AddressField.IPV6_DST, AddressField.ND_TARGET);
        for (AddressField one : fields) {
            for (AddressField other : fields) {
                if (one != other) {
                    Match both = match.address(one, block).address(other, exempt);
                    out.exempt(ADMISSION, work.owner(), both, asItIs);
                }
            }
        }
    }

    private static Match from(ResolvedPort port) {
        return Match.any().inPort(port.number());
    }

    private void add(int priority, Match match, Actions actions) {
        out.add(ADMISSION, priority, "", match, actions);
    }
}
