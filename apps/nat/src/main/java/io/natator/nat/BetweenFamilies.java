package io.natator.nat;

import static io.natator.nat.Stage.FORWARD;
import static io.natator.nat.Stage.TO_INSIDE;
import static io.natator.nat.Stage.TO_OUTSIDE;

import io.natator.model.intent.DevicePort.Side;
import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Match;
import java.util.List;
import org.onlab.packet.IpPrefix;

/**
 * Translations between IPv6 inside and IPv4 outside: all of it is the software switch's. Of what inside hosts send, only what
 * is for IPv4 hosts is translated; their other IPv6 packets go as if there were no translation.
 */
final class BetweenFamilies {
    private static final AddressField IPV4_DST = AddressField.IPV4_DST;
    private static final AddressField IPV6_SRC = AddressField.IPV6_SRC;
    private static final AddressField IPV6_DST = AddressField.IPV6_DST;

    private final Context context;
    private final Match fromInside;
    private final Match fromOutside;
    private final Work work;
    private final Program out;
    private final IpPrefix pref64;

    private BetweenFamilies(Context context, Work work, Program out) {
        this.context = context;
        this.fromInside = Match.any().metadata(context.marks().inside());
        this.fromOutside = Match.any().metadata(context.marks().outside());
        this.work = work;
        this.out = out;
        this.pref64 = work.translation().embedding().orElseThrow().pref64();
    }

    /** Table 1: to outside addresses; to IPv4 hosts, the source decides. */
    static void toInside(Context context, Work work, Program out) {
        BetweenFamilies table = new BetweenFamilies(context, work, out);
        table.inward();
        table.leaving();
    }

    /** Table 2: from inside hosts to IPv4 hosts. */
    static void toOutside(Context context, Work work, Program out) {
        new BetweenFamilies(context, work, out).outward();
    }

    private void inward() {
        for (IpPrefix prefix : work.translation().outsides()) {
            Match from = fromOutside.ip(true).address(IPV4_DST, prefix);
            if (work.parts().isEmpty()) {
                add(TO_INSIDE, Priority.LEFTOVER, from, Actions.drop());
            }
            // First its source, then, at FORWARD, its destination: as if it had left and come back.
            Match hairpin = fromInside.ip(true).address(IPV4_DST, prefix);
            add(TO_INSIDE, Priority.SPECIAL, hairpin, work.parts().isEmpty() ? Actions.drop() : out.goTo(TO_OUTSIDE));
        }
        for (Part part : work.parts()) {
            for (IpPrefix prefix : part.outside()) {
                Match from = fromOutside.ip(true).address(IPV4_DST, prefix);
                serve(TO_INSIDE, Priority.BLOCK, Side.OUTSIDE, part, from);
            }
        }
    }

    /** Where there is nobody to translate them, they must not be routed as they are. */
    private void leaving() {
        Actions next = work.parts().isEmpty() ? Actions.drop() : out.goTo(TO_OUTSIDE);
        add(TO_INSIDE, crossing(), toIpv4Hosts(work.inside()), next);
        for (Match error : errors()) {
            out.once(TO_INSIDE, Priority.LEFTOVER, work.owner(), error, next);
        }
    }

    private void outward() {
        for (Part part : work.parts()) {
            serve(TO_OUTSIDE, crossing(), Side.INSIDE, part, toIpv4Hosts(part.inside()));
        }
        // Of a pool that is divided, whoever it is given to looks for the host that is quoted.
        for (Part part : work.parts().stream().limit(1).toList()) {
            for (Match error : errors()) {
                for (Reach.Way way : context.reach().ways(TO_OUTSIDE, Side.INSIDE, part, error, out.goTo(FORWARD))) {
                    out.once(TO_OUTSIDE, Priority.QUOTING, work.owner(), way.match(), way.actions());
                }
            }
        }
    }

    /** A host may be one of another translation's block, too. */
    private int crossing() {
        return Priority.CROSSING + work.inside().prefixLength();
    }

    private Match toIpv4Hosts(IpPrefix inside) {
        return fromInside.ip(false).address(IPV6_SRC, inside).address(IPV6_DST, pref64);
    }

    /** What routers on the inside say of packets from IPv4 hosts: their own addresses tell nothing of whom they quote. */
    private List<Match> errors() {
        return IcmpErrors.of(false, fromInside).stream()
                .map(e -> e.address(IPV6_DST, pref64))
                .toList();
    }

    private void serve(Stage stage, int priority, Side side, Part part, Match match) {
        for (Reach.Way way : context.reach().ways(stage, side, part, match, out.goTo(FORWARD))) {
            add(stage, priority, way.match(), way.actions());
        }
    }

    private void add(Stage stage, int priority, Match match, Actions actions) {
        out.add(stage, priority, work.owner(), match, actions);
    }
}
