package io.natator.nat;

import io.natator.model.eval.Crossing;
import io.natator.model.eval.Stateful;
import io.natator.model.intent.Embedding;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Fields;
import io.natator.model.packet.Packet.Ip;
import io.natator.model.session.Share.Direction;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/**
 * What software switches make of probes: no session is made, for a probe must not take what hosts need; whoever it is
 * from leaves with the share's first address, and whatever it is for goes to the share's first host.
 */
record ProbedSessions(Services services) implements Stateful {
    @Override
    public Optional<Ip> translate(Translation translation, Direction direction, Ip packet) {
        boolean out = direction == Direction.TO_OUTSIDE;
        IpAddress address = out ? packet.src() : packet.dst();
        return services.parts(translation).stream()
                .filter(p -> out
                        ? Addresses.in(p.inside(), address)
                        : p.outside().stream().anyMatch(o -> Addresses.in(o, address)))
                .findFirst()
                .flatMap(p -> made(translation, out, packet, p));
    }

    private static Optional<Ip> made(Translation translation, boolean out, Ip packet, Part p) {
        if (translation.kind().crosses()) {
            Embedding embedding = translation.embedding().orElseThrow();
            return out
                    ? Crossing.toIpv4(embedding, packet, p.outside().getFirst().address())
                    : Crossing.toIpv6(embedding, packet, p.inside().address());
        }
        return Optional.of((Ip) Fields.set(
                packet,
                out ? Fields.source(packet) : Fields.destination(packet),
                out ? p.outside().getFirst().address() : p.inside().address()));
    }
}
