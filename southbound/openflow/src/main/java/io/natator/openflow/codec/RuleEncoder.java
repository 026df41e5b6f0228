package io.natator.openflow.codec;

import io.natator.model.rule.AddressField;
import io.natator.model.rule.AddressMatch;
import io.natator.model.rule.Cookie;
import io.natator.model.rule.Rule;
import io.natator.model.rule.TtlMatch;
import io.natator.packet.Bytes;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.criteria.ArpOpCriterion;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.EthCriterion;
import org.onosproject.net.flow.criteria.EthTypeCriterion;
import org.onosproject.net.flow.criteria.ExtensionCriterion;
import org.onosproject.net.flow.criteria.IPCriterion;
import org.onosproject.net.flow.criteria.IPProtocolCriterion;
import org.onosproject.net.flow.criteria.IcmpCodeCriterion;
import org.onosproject.net.flow.criteria.IcmpTypeCriterion;
import org.onosproject.net.flow.criteria.Icmpv6CodeCriterion;
import org.onosproject.net.flow.criteria.Icmpv6TypeCriterion;
import org.onosproject.net.flow.criteria.MetadataCriterion;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.onosproject.net.flow.criteria.TcpPortCriterion;
import org.onosproject.net.flow.criteria.UdpPortCriterion;
import org.onosproject.net.flow.criteria.VlanIdCriterion;

/**
 * Turns rules into octets. Equal rules give equal octets, on every machine: the cookie holds a hash of them. An
 * instance reuses its buffers, so it serves one thread at a time.
 */
public final class RuleEncoder {
    private final MatchFields fields = new MatchFields();
    private final ByteWriter match = new ByteWriter();
    private final InstructionEncoder instructions = new InstructionEncoder();

    /** What became of a rule. */
    public sealed interface Encoding {
        record Encoded(EncodedRule rule) implements Encoding {}

        /** @param reason what of the rule OpenFlow cannot say */
        record Unsupported(Rule rule, String reason) implements Encoding {}
    }

    /** Encodes {@code rule}. */
    public Encoding encode(Rule rule) {
        fields.clear();
        int traits = 0;
        for (Criterion criterion : rule.selector().criteria()) {
            if (!add(criterion)) {
                return new Encoding.Unsupported(rule, "criterion not supported, or given twice: " + criterion);
            }
            traits |= traits(criterion);
        }
        match.clear();
        fields.write(match);
        String problem = instructions.encode(rule.treatment());
        if (!problem.isEmpty()) {
            return new Encoding.Unsupported(rule, problem);
        }
        byte[] matchOctets = match.toArray();
        byte[] instructionOctets = instructions.toArray();
        long hash = Hash64.mix(Hash64.START, (long) rule.table() << 16 | rule.priority());
        hash = Hash64.of(hash, matchOctets, 0, matchOctets.length);
        hash = Hash64.of(hash, instructionOctets, 0, instructionOctets.length);
        return new Encoding.Encoded(new EncodedRule(
                rule.owner(),
                rule.table(),
                rule.priority(),
                Cookie.of(rule.owner(), hash),
                matchOctets,
                instructionOctets,
                traits | instructions.traits()));
    }

    private static int traits(Criterion criterion) {
        return switch (criterion) {
            case MetadataCriterion _ -> Trait.METADATA_MATCH.bit();
            case ExtensionCriterion e ->
                switch (e.extensionSelector()) {
                    case TtlMatch _ -> Trait.MATCH_TTL.bit();
                    case AddressMatch(AddressField f, IpPrefix p) ->
                        p.prefixLength() < f.width() ? Trait.MASKED_ARP_ND_MATCH.bit() : 0;
                    default -> 0;
                };
            default -> 0;
        };
    }

    private boolean add(Criterion criterion) {
        return switch (criterion) {
            case PortCriterion c
            when c.type() == Criterion.Type.IN_PORT ->
                exact(Field.IN_PORT, c.port().toLong());
            case MetadataCriterion c -> exact(Field.METADATA, c.metadata());
            case EthTypeCriterion c -> exact(Field.ETH_TYPE, c.ethType().toShort() & 0xFFFF);
            case EthCriterion c -> ethernet(c);
            case VlanIdCriterion c ->
                exact(Field.VLAN_VID, Wire.VLAN_PRESENT | c.vlanId().toShort());
            case IPProtocolCriterion c -> exact(Field.IP_PROTO, c.protocol());
            case IPCriterion c -> ip(c);
            case ArpOpCriterion c -> exact(Field.ARP_OP, c.arpOp());
            case IcmpTypeCriterion c -> exact(Field.ICMPV4_TYPE, c.icmpType());
            case IcmpCodeCriterion c -> exact(Field.ICMPV4_CODE, c.icmpCode());
            case Icmpv6TypeCriterion c -> exact(Field.ICMPV6_TYPE, c.icmpv6Type());
            case Icmpv6CodeCriterion c -> exact(Field.ICMPV6_CODE, c.icmpv6Code());
            case UdpPortCriterion c
            when c.mask() == null ->
                exact(
                        c.type() == Criterion.Type.UDP_SRC ? Field.UDP_SRC : Field.UDP_DST,
                        c.udpPort().toInt());
            case TcpPortCriterion c
            when c.mask() == null ->
                exact(
                        c.type() == Criterion.Type.TCP_SRC ? Field.TCP_SRC : Field.TCP_DST,
                        c.tcpPort().toInt());
            case ExtensionCriterion c ->
                switch (c.extensionSelector()) {
                    case AddressMatch(AddressField field, IpPrefix prefix) -> prefix(of(field), prefix);
                    case TtlMatch(int ttl) -> exact(Field.IP_TTL, ttl);
                    default -> false;
                };
            default -> false;
        };
    }

    private boolean ethernet(EthCriterion c) {
        return switch (c.type()) {
            case ETH_SRC -> exact(Field.ETH_SRC, c.mac().toLong());
            case ETH_DST -> exact(Field.ETH_DST, c.mac().toLong());
            case ETH_SRC_MASKED ->
                masked(Field.ETH_SRC, 0, c.mac().toLong(), 0, c.mask().toLong());
            case ETH_DST_MASKED ->
                masked(Field.ETH_DST, 0, c.mac().toLong(), 0, c.mask().toLong());
            default -> false;
        };
    }

    private boolean ip(IPCriterion c) {
        return switch (c.type()) {
            case IPV4_SRC -> prefix(Field.IPV4_SRC, c.ip());
            case IPV4_DST -> prefix(Field.IPV4_DST, c.ip());
            case IPV6_SRC -> prefix(Field.IPV6_SRC, c.ip());
            case IPV6_DST -> prefix(Field.IPV6_DST, c.ip());
            default -> false;
        };
    }

    private boolean exact(Field field, long value) {
        return masked(field, 0, value, field.ones(1), field.ones(0));
    }

    private boolean prefix(Field field, IpPrefix prefix) {
        if (prefix.isIp4() != (field.bits() == 32)) {
            return false;
        }
        byte[] address = prefix.address().toOctets();
        int length = prefix.prefixLength();
        if (field.bits() == 32) {
            return masked(field, 0, Bytes.i32(address, 0) & 0xFFFF_FFFFL, 0, length == 0 ? 0 : -1L << (32 - length));
        }
        long maskHigh = length == 0 ? 0 : -1L << (64 - Math.min(length, 64));
        long maskLow = length <= 64 ? 0 : -1L << (128 - length);
        return masked(field, Bytes.i64(address, 0), Bytes.i64(address, 8), maskHigh, maskLow);
    }

    private boolean masked(Field field, long high, long low, long maskHigh, long maskLow) {
        if (fields.has(field)) {
            return false;
        }
        fields.masked(field, high, low, maskHigh, maskLow);
        return true;
    }

    static Field of(AddressField field) {
        return switch (field) {
            case IPV4_SRC -> Field.IPV4_SRC;
            case IPV4_DST -> Field.IPV4_DST;
            case IPV6_SRC -> Field.IPV6_SRC;
            case IPV6_DST -> Field.IPV6_DST;
            case ARP_SPA -> Field.ARP_SPA;
            case ARP_TPA -> Field.ARP_TPA;
            case ND_TARGET -> Field.ND_TARGET;
        };
    }
}
