package io.natator.model.eval;

import io.natator.model.packet.Addresses;
import io.natator.model.packet.Fields;
import io.natator.model.packet.Packet;
import io.natator.model.rule.AddressField;
import java.util.List;
import org.onlab.packet.IpPrefix;

/**
 * Rewrites that happen together or not at all.
 *
 * @param peer field that holds the other party
 * @param exempt other parties for whose sake nothing is rewritten
 */
public record Step(List<Rewrite> rewrites, AddressField peer, List<IpPrefix> exempt) {
    public Step {
        rewrites = List.copyOf(rewrites);
        exempt = List.copyOf(exempt);
    }

    /** All that would be rewritten is there. */
    public boolean matches(Packet packet) {
        return rewrites.stream().allMatch(r -> r.applies(packet));
    }

    /** It {@link #matches}, but the other party is exempt. */
    public boolean exempts(Packet packet) {
        return matches(packet)
                && Fields.get(packet, peer)
                        .filter(p -> exempt.stream().anyMatch(e -> Addresses.in(e, p)))
                        .isPresent();
    }

    /** It rewrites {@code packet}. */
    public boolean applies(Packet packet) {
        return matches(packet) && !exempts(packet);
    }

    /** The rewritten packet; call only if it {@link #matches}. */
    public Packet apply(Packet packet) {
        Packet result = packet;
        for (Rewrite rewrite : rewrites) {
            result = rewrite.apply(result);
        }
        return result;
    }

    /** The step for the way back: fields mirrored, prefixes swapped. */
    public Step reversed() {
        return new Step(rewrites.stream().map(Rewrite::reversed).toList(), peer.mirrored(), exempt);
    }
}
