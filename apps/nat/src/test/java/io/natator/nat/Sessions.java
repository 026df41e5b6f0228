package io.natator.nat;

import io.natator.model.eval.Crossing;
import io.natator.model.intent.Embedding;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Fields;
import io.natator.model.packet.Packet;
import io.natator.model.packet.Packet.Ip;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * Stands for the sessions of one place: some packets have none, others always the same. They depend on the remote, and
 * its answers go to the host that spoke to it.
 */
final class Sessions {
    private final Map<List<Object>, IpAddress> known = new HashMap<>();
    private final Map<List<Object>, IpAddress> bound;

    /** @param bound addresses of hosts, and hosts of addresses, that depend on no remote: see {@link #bind} */
    Sessions(Map<List<Object>, IpAddress> bound) {
        this.bound = bound;
    }

    /** Gives a host an address. */
    static void bind(Map<List<Object>, IpAddress> bound, String translation, IpAddress inside, IpAddress outside) {
        bound.put(List.of(translation, true, inside), outside);
        bound.put(List.of(translation, false, outside), inside);
    }

    /** @param out from inside; else to an outside address */
    Optional<Packet> translate(String translation, IpPrefix inside, List<IpPrefix> outside, boolean out, Ip packet) {
        return given(
                        translation,
                        inside,
                        outside,
                        out,
                        out ? packet.src() : packet.dst(),
                        out ? packet.dst() : packet.src())
                .map(given -> with(packet, out, given));
    }

    /** The same between IPv6 and IPv4. */
    Optional<Packet> translate(
            String translation, IpPrefix inside, List<IpPrefix> outside, boolean out, Ip packet, Embedding embedding) {
        IpAddress own = out ? packet.src() : packet.dst();
        IpAddress remote = out ? embedding.extract(packet.dst()).orElseThrow() : packet.src();
        return given(translation, inside, outside, out, own, remote)
                .flatMap(given ->
                        out ? Crossing.toIpv4(embedding, packet, given) : Crossing.toIpv6(embedding, packet, given));
    }

    private Optional<IpAddress> given(
            String translation, IpPrefix inside, List<IpPrefix> outside, boolean out, IpAddress own, IpAddress remote) {
        IpAddress fixed = bound.get(List.of(translation, out, own));
        if (fixed != null) {
            return Optional.of(fixed);
        }
        IpAddress host = out ? null : known.get(List.of(translation, own, remote));
        if (host != null) {
            return Optional.of(host);
        }
        int hash = Math.floorMod((translation + own + remote + out).hashCode(), 1 << 20);
        if (hash % 7 == 0) {
            return Optional.empty();
        }
        IpPrefix to = out ? outside.get(hash % outside.size()) : inside;
        IpAddress given = Addresses.nth(to, BigInteger.valueOf(hash).mod(Addresses.size(to)));
        if (out) {
            known.put(List.of(translation, given, remote), own);
        }
        return Optional.of(given);
    }

    /** All of them. */
    void end() {
        known.clear();
    }

    /** The packet with another source or destination. */
    static Packet with(Ip packet, boolean source, IpAddress address) {
        return Fields.set(packet, source ? Fields.source(packet) : Fields.destination(packet), address);
    }
}
