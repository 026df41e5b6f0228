package io.natator.nat;

import static io.natator.nat.Stage.FORWARD;
import static io.natator.nat.Stage.TO_OUTSIDE;

import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Match;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Table 2: sources. */
final class ToOutside {
    private static final Match INSIDE = Match.any().metadata(Mark.INSIDE);
    private static final Match OUTSIDE = Match.any().metadata(Mark.OUTSIDE);

    private final Work work;
    private final Program out;
    private final Actions forward;

    private ToOutside(Work work, Program out) {
        this.work = work;
        this.out = out;
        this.forward = out.goTo(FORWARD);
    }

    /** What is not rewritten goes on. */
    static void device(Program out) {
        out.add(TO_OUTSIDE, Priority.REST, "", Match.any(), out.goTo(FORWARD));
    }

    static void translation(Work work, Program out) {
        ToOutside table = new ToOutside(work, out);
        // Of neighbour discovery from inside, too: its source is an IPv6 source as any other.
        table.outward(work.src(), INSIDE.ip(work.ipv4()));
        table.leftover(work.src(), INSIDE.ip(work.ipv4()), work.inside(), work.partial());
        table.gateways();
        if (!work.link()) {
            return;
        }
        if (work.ipv4()) {
            table.outward(AddressField.ARP_SPA, INSIDE.arp());
            table.leftover(AddressField.ARP_SPA, INSIDE.arp(), work.inside(), work.partialLink());
            table.inward(AddressField.ARP_SPA, OUTSIDE.arp());
            table.leftover(AddressField.ARP_SPA, OUTSIDE.arp(), work.outside(), work.partialLink());
            return;
        }
        for (int type : Admission.ND_TYPES) {
            table.inward(AddressField.IPV6_SRC, OUTSIDE.icmpv6(type));
            table.leftover(AddressField.IPV6_SRC, OUTSIDE.icmpv6(type), work.outside(), work.partialLink());
        }
    }

    /** TRANSPARENT: the router beyond answers under its inside address. */
    private void gateways() {
        Match entered = Match.any().metadata(Mark.MADE_INSIDE).ip(work.ipv4()).address(work.dst(), work.inside());
        for (IpAddress gateway : work.gateways()) {
            IpPrefix outside = Work.host(work.outside(gateway));
            rewrite(Priority.SPECIAL, work.src(), entered, outside, Work.host(gateway));
        }
    }

    private void outward(AddressField field, Match match) {
        for (int i = 0; i < work.pairs().size(); i++) {
            rewrite(
                    Priority.BLOCK,
                    field,
                    match,
                    work.pairs().inside(i),
                    work.pairs().outside(i));
        }
    }

    private void inward(AddressField field, Match match) {
        for (int i = 0; i < work.pairs().size(); i++) {
            rewrite(
                    Priority.BLOCK,
                    field,
                    match,
                    work.pairs().outside(i),
                    work.pairs().inside(i));
        }
    }

    private void leftover(AddressField field, Match match, IpPrefix block, boolean needed) {
        if (needed) {
            out.add(TO_OUTSIDE, Priority.LEFTOVER, work.owner(), match.address(field, block), Actions.drop());
        }
    }

    private void rewrite(int priority, AddressField field, Match match, IpPrefix from, IpPrefix to) {
        out.add(TO_OUTSIDE, priority, work.owner(), match.address(field, from), Actions.setThen(field, to, forward));
    }
}
