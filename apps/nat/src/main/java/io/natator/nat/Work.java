package io.natator.nat;

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
 * @param done how many addresses are translated, from the first on
 * @param link TRANSPARENT: ARP or ND is rewritten as well
 * @param linkPrefixes ARP and ND addresses can be matched against prefixes
 */
record Work(Translation translation, Pairs pairs, BigInteger done, boolean link, boolean linkPrefixes) {
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

    AddressField src() {
        return ipv4() ? AddressField.IPV4_SRC : AddressField.IPV6_SRC;
    }

    AddressField dst() {
        return ipv4() ? AddressField.IPV4_DST : AddressField.IPV6_DST;
    }

    /** Something of the block is not translated and must not pass as if it were. */
    boolean partial() {
        return done.compareTo(Addresses.size(translation.inside())) < 0;
    }

    /** What is left over can be told in ARP or ND. */
    boolean partialLink() {
        return partial() && link && linkPrefixes;
    }

    /** Of {@code translation.gateways}, those that are translated. */
    List<IpAddress> gateways() {
        List<IpPrefix> translated = Addresses.firstOf(translation.inside(), done);
        return translation.gateways().stream()
                .distinct()
                .filter(g -> translated.stream().anyMatch(p -> p.contains(g)))
                .toList();
    }

    List<IpPrefix> exempt() {
        return translation.exemptDestinations().stream().distinct().toList();
    }

    /** Outside prefixes that are translated. */
    List<IpPrefix> translated() {
        return Addresses.firstOf(translation.outside(), done);
    }

    /** The outside address of an inside one. */
    IpAddress outside(IpAddress inside) {
        return Addresses.withNetwork(inside, outside());
    }

    static IpPrefix host(IpAddress address) {
        return address.toIpPrefix();
    }
}
