package io.natator.nat;

import static io.natator.nat.Stage.FORWARD;
import static io.natator.nat.Stage.TO_INSIDE;
import static io.natator.nat.Stage.TO_OUTSIDE;

import io.natator.model.intent.Kind;
import io.natator.model.intent.Translation;
import io.natator.model.proof.ProbeCase;
import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Match;
import io.natator.model.session.Binding;
import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Bindings of DYNAMIC that rules of the device do: as a STATIC pair, beside the software switch that made them. */
final class Bound {
    private Bound() {}

    /** Whether rules may come and go that do bindings of a translation. */
    static boolean offered(Translation translation) {
        return translation.kind() == Kind.DYNAMIC && translation.pool().hardwareBindings() > 0;
    }

    /** One host's: of TO_INSIDE and of TO_OUTSIDE. */
    static void rules(String translation, Binding binding, Program out) {
        add(
                out,
                TO_INSIDE,
                translation,
                Marks.OWN.outside(),
                AddressField.IPV4_DST,
                binding.outside(),
                binding.inside());
        add(
                out,
                TO_OUTSIDE,
                translation,
                Marks.OWN.inside(),
                AddressField.IPV4_SRC,
                binding.inside(),
                binding.outside());
    }

    private static void add(
            Program out, Stage stage, String owner, long mark, AddressField field, IpAddress from, IpAddress to) {
        Match match = Match.any().metadata(mark).ip(true).address(field, from.toIpPrefix());
        out.add(stage, Priority.BINDING, owner, match, Actions.setThen(field, to.toIpPrefix(), out.goTo(FORWARD)));
    }

    /**
     * What goes to the software switch although rules do the binding: what quotes a packet, probes (they ask for the way there),
     * and what is for the pool itself, which knows who has the address, or for whom another software switch knows.
     *
     * @param from the side, and nothing else yet
     * @param own where the translated address is
     */
    static List<Match> exceptions(Match from, AddressField own, IpPrefix addresses, List<IpPrefix> pool) {
        List<Match> all = new ArrayList<>();
        IcmpErrors.of(true, from).forEach(error -> all.add(error.address(own, addresses)));
        Match ip = from.ip(true).address(own, addresses);
        all.add(ip.ethSrc(ProbeCase.MAC));
        if (own == AddressField.IPV4_SRC) {
            pool.forEach(prefix -> all.add(ip.address(AddressField.IPV4_DST, prefix)));
        }
        return all;
    }
}
