package io.natator.model.rule;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Set;
import org.onlab.packet.Ethernet;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.ExtensionCriterion;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.IPCriterion;

/**
 * A selector in one array: a third of the heap of ONOS's own, and it may hold several extensions. Immutable;
 * {@code with…} methods return a new one. Prerequisites (the Ethernet type of an address) are not added by
 * themselves. Criteria are kept in one order, so equal matches are {@code equals} however they were made.
 */
@SuppressWarnings("EnumOrdinal") // any order will do, as long as it is one
public final class Match implements TrafficSelector {
    private static final Comparator<Criterion> ORDER =
            Comparator.<Criterion>comparingInt(c -> c.type().ordinal()).thenComparingInt(Match::extensionOrder);
    private static final Match ANY = new Match(new Criterion[0]);
    private static final Criterion IPV4 = Criteria.matchEthType(Ethernet.TYPE_IPV4);
    private static final Criterion IPV6 = Criteria.matchEthType(Ethernet.TYPE_IPV6);
    private static final Criterion ARP = Criteria.matchEthType(Ethernet.TYPE_ARP);
    private static final Criterion ICMP = Criteria.matchIPProtocol((short) 1);
    private static final Criterion ICMPV6 = Criteria.matchIPProtocol((short) 58);

    private final Criterion[] criteria;

    private Match(Criterion[] criteria) {
        this.criteria = criteria;
    }

    /** Matches every packet. */
    public static Match any() {
        return ANY;
    }

    /** One criterion more; it must not constrain a field that is constrained already. */
    public Match with(Criterion criterion) {
        int n = criteria.length;
        Criterion[] more = Arrays.copyOf(criteria, n + 1);
        int i = n;
        while (i > 0 && ORDER.compare(more[i - 1], criterion) > 0) {
            more[i] = more[i - 1];
            i--;
        }
        if (i > 0 && ORDER.compare(more[i - 1], criterion) == 0) {
            throw new IllegalArgumentException(criterion + " besides " + more[i - 1]);
        }
        more[i] = criterion;
        return new Match(more);
    }

    /** OpenFlow port by which the packet came. */
    public Match inPort(int port) {
        return with(Criteria.matchInPort(PortNumber.portNumber(port)));
    }

    /** All 64 bits of the metadata. */
    public Match metadata(long value) {
        return with(Criteria.matchMetadata(value));
    }

    public Match ethSrc(MacAddress mac) {
        return with(Criteria.matchEthSrc(mac));
    }

    public Match ethDst(MacAddress mac) {
        return with(Criteria.matchEthDst(mac));
    }

    /** Ethernet type IPv4 or IPv6. */
    public Match ip(boolean ipv4) {
        return with(ipv4 ? IPV4 : IPV6);
    }

    /** Ethernet type ARP. */
    public Match arp() {
        return with(ARP);
    }

    /** ARP operation: 1 request, 2 reply. */
    public Match arpOp(int op) {
        return with(Criteria.matchArpOp(op));
    }

    /** IPv6 and ICMPv6 of one type: 135 neighbour solicitation, 136 advertisement. */
    public Match icmpv6(int type) {
        return with(IPV6).with(ICMPV6).with(Criteria.matchIcmpv6Type((short) type));
    }

    /** IPv4 and ICMP of one type (RFC 792). */
    public Match icmpv4(int type) {
        return with(IPV4).with(ICMP).with(Criteria.matchIcmpType((short) type));
    }

    /** The outermost VLAN tag's id, 1 to 4094. */
    public Match vlan(int vid) {
        return with(Criteria.matchVlanId(VlanId.vlanId((short) vid)));
    }

    /** An address field against a prefix; of length 0 it constrains nothing. */
    public Match address(AddressField field, IpPrefix prefix) {
        return prefix.prefixLength() == 0 ? this : with(criterion(field, prefix));
    }

    /** IPv4 TTL or IPv6 hop limit. */
    public Match ttl(int ttl) {
        return with(extension(new TtlMatch(ttl)));
    }

    /** The criterion for an address field: ONOS's own for IP, {@link AddressMatch} for ARP and ND. */
    public static Criterion criterion(AddressField field, IpPrefix prefix) {
        return switch (field) {
            case IPV4_SRC -> Criteria.matchIPSrc(prefix);
            case IPV4_DST -> Criteria.matchIPDst(prefix);
            case IPV6_SRC -> Criteria.matchIPv6Src(prefix);
            case IPV6_DST -> Criteria.matchIPv6Dst(prefix);
            case ARP_SPA, ARP_TPA, ND_TARGET -> extension(new AddressMatch(field, prefix));
        };
    }

    private static Criterion extension(ExtensionSelector selector) {
        return Criteria.extension(selector, DeviceId.NONE);
    }

    private static int extensionOrder(Criterion criterion) {
        if (!(criterion instanceof ExtensionCriterion extension)) {
            return 0;
        }
        return switch (extension.extensionSelector()) {
            case AddressMatch match -> 1 + match.field().ordinal();
            case TtlMatch ttl -> 0;
            default -> throw new IllegalArgumentException("not an extension of ours: " + extension);
        };
    }

    @Override
    public Set<Criterion> criteria() {
        return new View(criteria);
    }

    /** The criterion of a type, the first extension for {@code EXTENSION}; null if there is none, as ONOS has it. */
    @Override
    public Criterion getCriterion(Criterion.Type type) {
        for (Criterion c : criteria) {
            if (c.type() == type) {
                return c;
            }
        }
        return null;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Match m && Arrays.equals(criteria, m.criteria);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (Criterion criterion : criteria) {
            hash = 31 * hash + (criterion instanceof IPCriterion ip ? hash(ip) : criterion.hashCode());
        }
        return hash;
    }

    /** The address's own hash multiplies octets by 31: eight hosts of a block share one, and sets of rules get slow. */
    private static int hash(IPCriterion criterion) {
        int hash = 31 * criterion.type().ordinal() + criterion.ip().prefixLength();
        for (byte octet : criterion.ip().address().toOctets()) {
            hash = 0x0100_0193 * (hash ^ (octet & 0xFF));
        }
        return hash;
    }

    @Override
    public String toString() {
        return Arrays.toString(criteria);
    }

    private static final class View extends AbstractSet<Criterion> {
        private final Criterion[] criteria;

        private View(Criterion[] criteria) {
            this.criteria = criteria;
        }

        @Override
        public Iterator<Criterion> iterator() {
            return Arrays.asList(criteria).iterator();
        }

        @Override
        public int size() {
            return criteria.length;
        }
    }
}
