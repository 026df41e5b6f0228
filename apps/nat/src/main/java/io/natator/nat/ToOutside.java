package io.natator.nat;

import static io.natator.nat.Stage.FORWARD;
import static io.natator.nat.Stage.TO_OUTSIDE;

import io.natator.model.intent.DevicePort.Side;
import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Match;
import java.util.stream.Stream;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Table 2: sources. */
final class ToOutside {
    private final Context context;
    private final Match fromInside;
    private final Match fromOutside;
    private final Work work;
    private final Program out;
    private final Actions forward;

    private ToOutside(Context context, Work work, Program out) {
        this.context = context;
        this.fromInside = Match.any().metadata(context.marks().inside());
        this.fromOutside = Match.any().metadata(context.marks().outside());
        this.work = work;
        this.out = out;
        this.forward = out.goTo(FORWARD);
    }

    /** What is not rewritten goes on. */
    static void device(Program out) {
        out.add(TO_OUTSIDE, Priority.REST, "", Match.any(), out.goTo(FORWARD));
    }

    static void translation(Context context, Work work, Program out) {
        if (work.crosses()) {
            BetweenFamilies.toOutside(context, work, out);
            return;
        }
        ToOutside table = new ToOutside(context, work, out);
        if (work.stateful()) {
            table.sessions();
            return;
        }
        table.errors();
        // Of neighbour discovery from inside, too: its source is an IPv6 source as any other.
        table.outward(table.block(), work.src(), table.fromInside.ip(work.ipv4()), work.pairs());
        table.shared();
        table.leftover(Side.INSIDE, work.src(), table.fromInside.ip(work.ipv4()), work.inside(), work.partial());
        table.gateways();
        if (!work.link()) {
            return;
        }
        if (work.ipv4()) {
            AddressField spa = AddressField.ARP_SPA;
            table.senders(spa, table.fromInside.arp());
            table.leftover(Side.INSIDE, spa, table.fromInside.arp(), work.inside(), work.partialLink());
            table.inward(spa, table.fromOutside.arp());
            table.leftover(Side.OUTSIDE, spa, table.fromOutside.arp(), work.outside(), work.partialLink());
            return;
        }
        for (int type : Admission.ND_TYPES) {
            AddressField src = AddressField.IPV6_SRC;
            if (!work.sharing().inside().isEmpty()) {
                int priority = Priority.ND + work.sharing().rank();
                table.outward(priority, src, table.fromInside.icmpv6(type), work.linkPairs());
            }
            table.inward(src, table.fromOutside.icmpv6(type));
            table.leftover(Side.OUTSIDE, src, table.fromOutside.icmpv6(type), work.outside(), work.partialLink());
        }
    }

    /** By sessions; nothing may leave as it is. */
    private void sessions() {
        Match match = fromInside.ip(work.ipv4());
        if (work.parts().isEmpty()) {
            leftover(Side.INSIDE, work.src(), match, work.inside(), true);
        }
        for (Part part : work.parts()) {
            serve(Priority.BLOCK, Side.INSIDE, part, match.address(work.src(), part.inside()));
            if (context.offers() && Bound.offered(work.translation())) {
                Bound.exceptions(
                                fromInside,
                                work.src(),
                                part.inside(),
                                Stream.concat(
                                                work.translation().outsides().stream(),
                                                context.hairpins().elsewhere(part).stream())
                                        .toList())
                        .forEach(m -> serve(Priority.UNBOUND, Side.INSIDE, part, m));
            }
        }
    }

    /** What quotes a packet must be translated within. */
    private void errors() {
        for (Part part : work.parts()) {
            for (Match error : IcmpErrors.of(work.ipv4(), fromInside)) {
                int priority = Priority.ERROR + work.sharing().rank();
                serve(priority, Side.INSIDE, part, error.address(work.src(), work.inside()));
            }
        }
    }

    /** From hosts that have other outside addresses, too: what they begin goes by the translation of the highest rank. */
    private void shared() {
        for (IpPrefix inside : work.sharing().inside()) {
            leave(block() + 1, Side.INSIDE, fromInside.ip(work.ipv4()).address(work.src(), inside));
        }
    }

    private int block() {
        return Priority.BLOCK + 2 * work.sharing().rank();
    }

    private void serve(int priority, Side side, Part part, Match match) {
        for (Reach.Way way : context.reach().ways(TO_OUTSIDE, side, part, match, forward)) {
            out.add(TO_OUTSIDE, priority, work.owner(), way.match(), way.actions());
        }
    }

    /** TRANSPARENT: the router beyond answers under its inside address. */
    private void gateways() {
        Match entered = Match.any()
                .metadata(context.marks().madeInside())
                .ip(work.ipv4())
                .address(work.dst(), work.inside());
        for (IpAddress gateway : work.gateways()) {
            IpPrefix outside = Work.host(work.outside(gateway));
            rewrite(Priority.SPECIAL, work.src(), entered, outside, Work.host(gateway));
        }
    }

    /** Of ARP. Those that are shared are told of under each address, later. */
    private void senders(AddressField field, Match match) {
        if (work.sharing().around().isEmpty() || work.linkPairs().size() == 0) {
            outward(block(), field, match, work.linkPairs());
        } else {
            out.add(TO_OUTSIDE, block(), work.owner(), match.address(field, work.inside()), forward);
        }
    }

    private void outward(int priority, AddressField field, Match match, Pairs pairs) {
        for (int i = 0; i < pairs.size(); i++) {
            rewrite(priority, field, match, pairs.inside(i), pairs.outside(i));
        }
    }

    private void inward(AddressField field, Match match) {
        Pairs pairs = work.linkPairs();
        for (int i = 0; i < pairs.size(); i++) {
            rewrite(Priority.BLOCK, field, match, pairs.outside(i), pairs.inside(i));
        }
    }

    private void leftover(Side side, AddressField field, Match match, IpPrefix block, boolean needed) {
        if (needed) {
            leave(Priority.LEFTOVER + work.sharing().rank(), side, match.address(field, block));
        }
    }

    /** By a software switch, if there is one. */
    private void leave(int priority, Side side, Match match) {
        if (work.parts().isEmpty()) {
            out.add(TO_OUTSIDE, priority, work.owner(), match, Actions.drop());
        }
        for (Part part : work.parts()) {
            serve(priority, side, part, match);
        }
    }

    private void rewrite(int priority, AddressField field, Match match, IpPrefix from, IpPrefix to) {
        out.add(TO_OUTSIDE, priority, work.owner(), match.address(field, from), Actions.setThen(field, to, forward));
    }
}
