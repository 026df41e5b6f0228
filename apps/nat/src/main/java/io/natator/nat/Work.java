package io.natator.nat;

import io.natator.model.intent.Kind;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.rule.AddressField;
import java.math.BigInteger;
import java.util.List;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * One translation and how much of it is done.
 *
 * @param pairs the rewrites
 * @param linkPairs the rewrites of ARP and ND, which are those of hosts that are shared, too
 * @param gateways of the translation's gateways, those that are translated
 * @param partial something of the block is not translated and must not pass as if it were
 * @param link TRANSPARENT: ARP or ND is rewritten as well
 * @param linkPrefixes ARP and ND addresses can be matched against prefixes
 * @param parts what software switches do: of STATIC ones ICMP errors and what {@code pairs} leaves over, of others all
 * @param sharing hosts that {@code pairs} must not touch, or not alone
 * @param turns ROUTED: what inside hosts send to outside addresses is rewritten as far as {@code pairs} go; else it is left to
 *     {@code parts}
 */
record Work(
        Translation translation,
        Pairs pairs,
        Pairs linkPairs,
        List<IpAddress> gateways,
        boolean partial,
        boolean link,
        boolean linkPrefixes,
        List<Part> parts,
        Sharing sharing,
        boolean turns) {
    /** Done by sessions. */
    boolean stateful() {
        return translation.kind().stateful();
    }

    /** Between IPv6 and IPv4. */
    boolean crosses() {
        return translation.kind().crosses();
    }

    /** One address for another, which rules can do. */
    boolean byRules() {
        return translation.kind() == Kind.STATIC;
    }

    String owner() {
        return translation.id();
    }

    boolean ipv4() {
        return translation.isIpv4();
    }

    IpPrefix inside() {
        return translation.inside();
    }

    IpPrefix outside() {
        return translation.outside();
    }

    /** The outside address of an inside one. */
    IpAddress outside(IpAddress inside) {
        return Addresses.withNetwork(inside, outside());
    }

    AddressField src() {
        return ipv4() ? AddressField.IPV4_SRC : AddressField.IPV6_SRC;
    }

    AddressField dst() {
        return ipv4() ? AddressField.IPV4_DST : AddressField.IPV6_DST;
    }

    /** What is left over can be told in ARP or ND. */
    boolean partialLink() {
        return partial && link && linkPrefixes;
    }

    List<IpPrefix> exempt() {
        return translation.exempt();
    }

    /** How many addresses are translated. */
    BigInteger count() {
        return pairs.done().stream().map(Addresses::size).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Outside prefixes that are translated: disjoint, minimal, in order. */
    List<IpPrefix> translated() {
        return parts.isEmpty() ? paired() : Services.outside(translation);
    }

    /** Outside prefixes that {@code pairs} translate: disjoint, minimal, in order. */
    List<IpPrefix> paired() {
        return pairs.done().stream()
                .map(p -> IpPrefix.valueOf(outside(p.address()), p.prefixLength()))
                .toList();
    }

    static IpPrefix host(IpAddress address) {
        return address.toIpPrefix();
    }
}
