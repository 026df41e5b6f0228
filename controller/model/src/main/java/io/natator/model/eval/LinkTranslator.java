package io.natator.model.eval;

import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Fields;
import io.natator.model.packet.Packet;
import io.natator.model.packet.Packet.Arp;
import io.natator.model.packet.Packet.Nd;
import io.natator.model.packet.SolicitedNode;
import io.natator.model.rule.AddressField;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * ARP and neighbour discovery through a TRANSPARENT device: every address for itself. Who has several outside addresses is told
 * of under each, for nobody knows which was asked for: in order of preference.
 */
final class LinkTranslator {
    private static final int SOLICITATION = 135;

    private final List<Translation> translations;

    /** @param translations of one address for another, in order of preference; none where addresses stay as they are */
    LinkTranslator(List<Translation> translations) {
        this.translations = translations;
    }

    List<Packet> translate(Side from, Packet packet) {
        for (Translation t : translations) {
            if (exempt(from == Side.INSIDE ? t.inside() : t.outside(), t.exempt(), packet)) {
                return List.of(packet);
            }
        }
        if (from == Side.INSIDE
                && packet instanceof Arp arp
                && owners(arp.spa()).size() > 1) {
            return owners(arp.spa()).stream().map(t -> under(t, arp)).toList();
        }
        Packet result = packet instanceof Nd nd ? solicited(from, nd) : packet;
        for (AddressField field : Fields.of(packet)) {
            Packet before = result;
            result = first(
                    translations.stream()
                            .map(t -> new Rewrite(field, t.inside(), t.outside()))
                            .map(r -> from == Side.INSIDE ? r : new Rewrite(field, r.to(), r.from()))
                            .filter(r -> r.applies(before))
                            .map(r -> new Step(List.of(r), field, List.of()))
                            .toList(),
                    before);
        }
        if (from != Side.INSIDE || !(packet instanceof Nd nd) || nd.type() == SOLICITATION) {
            return List.of(result);
        }
        Packet advertised = result;
        List<Packet> copies = owners(nd.target()).stream()
                .map(t ->
                        Fields.set(advertised, AddressField.ND_TARGET, Addresses.withNetwork(nd.target(), t.outside())))
                .toList();
        return copies.isEmpty() ? List.of(result) : copies;
    }

    private List<Translation> owners(IpAddress inside) {
        return translations.stream()
                .filter(t -> Addresses.in(t.inside(), inside))
                .toList();
    }

    /** Its sender's address by {@code t}; its target's, too, if that has one, else by the first of the sender's that has. */
    private Packet under(Translation t, Arp arp) {
        Packet named = Fields.set(arp, AddressField.ARP_SPA, Addresses.withNetwork(arp.spa(), t.outside()));
        return Stream.of(List.of(t), owners(arp.spa()), translations)
                .flatMap(List::stream)
                .filter(o -> Addresses.in(o.inside(), arp.tpa()))
                .findFirst()
                .map(o -> Fields.set(named, AddressField.ARP_TPA, Addresses.withNetwork(arp.tpa(), o.outside())))
                .orElse(named);
    }

    /** Who is asked for under another address listens to another group. */
    private Packet solicited(Side side, Nd nd) {
        Optional<Translation> by = translations.stream()
                .filter(t -> Addresses.in(side == Side.INSIDE ? t.inside() : t.outside(), nd.target()))
                .findFirst();
        if (nd.type() != SOLICITATION || by.isEmpty()) {
            return nd;
        }
        IpPrefix from = side == Side.INSIDE ? by.get().inside() : by.get().outside();
        IpPrefix to = side == Side.INSIDE ? by.get().outside() : by.get().inside();
        Rewrite group = new Rewrite(AddressField.IPV6_DST, SolicitedNode.groups(from), SolicitedNode.groups(to));
        return SolicitedNode.differ(from, to) && group.applies(nd)
                ? group.apply(Fields.ethernet(nd, nd.ethSrc(), SolicitedNode.ALL_NODES))
                : nd;
    }

    /** One party is of the block and another is exempt. */
    private static boolean exempt(IpPrefix block, List<IpPrefix> exempt, Packet packet) {
        for (AddressField one : Fields.of(packet)) {
            for (AddressField other : Fields.of(packet)) {
                if (one != other && in(block, packet, one) && exempt.stream().anyMatch(e -> in(e, packet, other))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean in(IpPrefix prefix, Packet packet, AddressField field) {
        return Fields.get(packet, field).filter(a -> Addresses.in(prefix, a)).isPresent();
    }

    private static Packet first(List<Step> steps, Packet packet) {
        return steps.isEmpty() ? packet : steps.getFirst().apply(packet);
    }
}
