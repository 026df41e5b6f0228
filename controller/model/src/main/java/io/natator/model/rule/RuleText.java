package io.natator.model.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.ArpOpCriterion;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.EthCriterion;
import org.onosproject.net.flow.criteria.EthTypeCriterion;
import org.onosproject.net.flow.criteria.ExtensionCriterion;
import org.onosproject.net.flow.criteria.IPCriterion;
import org.onosproject.net.flow.criteria.IPProtocolCriterion;
import org.onosproject.net.flow.criteria.IcmpTypeCriterion;
import org.onosproject.net.flow.criteria.Icmpv6TypeCriterion;
import org.onosproject.net.flow.criteria.MetadataCriterion;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.onosproject.net.flow.criteria.VlanIdCriterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions.ExtensionInstructionWrapper;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModEtherInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanHeaderInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanIdInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModArpEthInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModArpOpInstruction;

/** Rules as {@code ovs-ofctl} writes them. */
public final class RuleText {
    private RuleText() {}

    /** {@code table=1,priority=200,ip,metadata=0x2,nw_dst=192.168.3.0/24,actions=…}. */
    public static String describe(Rule rule) {
        StringJoiner text = new StringJoiner(",");
        text.add("table=" + rule.table()).add("priority=" + rule.priority());
        String match = describe(rule.selector());
        if (!match.isEmpty()) {
            text.add(match);
        }
        return text.add("actions=" + describe(rule.treatment())).toString();
    }

    /** The match fields, protocol first; empty if it matches everything. */
    public static String describe(TrafficSelector selector) {
        List<String> heads = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        for (Criterion criterion : selector.criteria()) {
            switch (criterion) {
                case EthTypeCriterion c -> heads.add(ethType(c.ethType().toShort() & 0xFFFF));
                case IPProtocolCriterion c -> heads.add(protocol(c.protocol()));
                default -> fields.add(field(criterion));
            }
        }
        if (heads.contains("icmp6")) {
            heads.remove("ipv6");
        }
        if (heads.contains("icmp")) {
            heads.remove("ip");
        }
        heads.addAll(fields);
        return String.join(",", heads);
    }

    /** The actions, in the order in which they happen; {@code drop} if there is none. */
    public static String describe(TrafficTreatment treatment) {
        StringJoiner text = new StringJoiner(",");
        treatment.immediate().forEach(i -> text.add(action(i)));
        if (treatment.writeMetadata() != null) {
            text.add("write_metadata:0x"
                    + Long.toHexString(treatment.writeMetadata().metadata()));
        }
        if (treatment.tableTransition() != null) {
            text.add("goto_table:" + treatment.tableTransition().tableId());
        }
        return text.length() == 0 ? "drop" : text.toString();
    }

    private static String protocol(int protocol) {
        return switch (protocol) {
            case 1 -> "icmp";
            case 58 -> "icmp6";
            default -> "nw_proto=" + protocol;
        };
    }

    private static String ethType(int type) {
        return switch (type) {
            case 0x0800 -> "ip";
            case 0x86DD -> "ipv6";
            case 0x0806 -> "arp";
            default -> "dl_type=0x" + Integer.toHexString(type);
        };
    }

    private static String field(Criterion criterion) {
        return switch (criterion) {
            case PortCriterion c -> "in_port=" + c.port().toLong();
            case MetadataCriterion c -> "metadata=0x" + Long.toHexString(c.metadata());
            case EthCriterion c ->
                (c.type() == Criterion.Type.ETH_SRC ? "dl_src=" : "dl_dst=")
                        + c.mac().toString().toLowerCase(Locale.ROOT);
            case IPCriterion c -> ip(c) + "=" + prefix(c.ip());
            case VlanIdCriterion c -> "dl_vlan=" + c.vlanId().toShort();
            case IcmpTypeCriterion c -> "icmp_type=" + c.icmpType();
            case Icmpv6TypeCriterion c -> "icmpv6_type=" + c.icmpv6Type();
            case ArpOpCriterion c -> "arp_op=" + c.arpOp();
            case ExtensionCriterion c ->
                switch (c.extensionSelector()) {
                    case AddressMatch m -> name(m.field()) + "=" + prefix(m.prefix());
                    case TtlMatch m -> "nw_ttl=" + m.ttl();
                    default -> c.toString();
                };
            default -> criterion.toString();
        };
    }

    private static String ip(IPCriterion criterion) {
        boolean source = criterion.type() == Criterion.Type.IPV4_SRC || criterion.type() == Criterion.Type.IPV6_SRC;
        return (criterion.ip().isIp4() ? "nw_" : "ipv6_") + (source ? "src" : "dst");
    }

    private static String action(Instruction instruction) {
        return switch (instruction) {
            case OutputInstruction i -> output(i.port());
            case ModEtherInstruction i ->
                "set_field:" + i.mac().toString().toLowerCase(Locale.ROOT) + "->"
                        + i.subtype().name().toLowerCase(Locale.ROOT);
            case ModArpEthInstruction i ->
                "set_field:" + i.mac().toString().toLowerCase(Locale.ROOT) + "->"
                        + i.subtype().name().toLowerCase(Locale.ROOT);
            case ModArpOpInstruction i -> "set_field:" + i.op() + "->arp_op";
            case ExtensionInstructionWrapper i ->
                switch (i.extensionInstruction()) {
                    case SetAddress s -> "set_field:" + prefix(s.to()) + "->" + setName(s.field());
                    case Move m -> "move:" + nxm(m.from()) + "[]->" + nxm(m.to()) + "[]";
                    case Translate t -> translate(t);
                    case SetInPort s -> "set_field:" + s.port() + "->in_port";
                    default -> i.toString();
                };
            case ModVlanHeaderInstruction i
            when i.subtype() == L2ModificationInstruction.L2SubType.VLAN_PUSH -> "push_vlan:0x8100";
            case ModVlanHeaderInstruction i -> "pop_vlan";
            case ModVlanIdInstruction i -> "set_field:" + i.vlanId().toShort() + "->vlan_vid";
            case L3ModificationInstruction i
            when i.subtype() == L3ModificationInstruction.L3SubType.DEC_TTL -> "dec_ttl";
            default -> instruction.toString();
        };
    }

    private static String translate(Translate action) {
        return "translate(share=" + action.share() + ","
                + action.direction().name().toLowerCase(Locale.ROOT).replace('_', '-') + ")";
    }

    private static String output(PortNumber port) {
        if (port.equals(PortNumber.CONTROLLER)) {
            return "CONTROLLER";
        }
        if (port.equals(PortNumber.IN_PORT)) {
            return "IN_PORT";
        }
        return port.equals(PortNumber.NORMAL) ? "NORMAL" : "output:" + port.toLong();
    }

    private static String prefix(IpPrefix prefix) {
        return prefix.prefixLength() == (prefix.isIp4() ? 32 : 128)
                ? prefix.address().toString()
                : prefix.toString();
    }

    private static String name(AddressField field) {
        return field.name().toLowerCase(Locale.ROOT);
    }

    private static String setName(AddressField field) {
        return switch (field) {
            case IPV4_SRC -> "ip_src";
            case IPV4_DST -> "ip_dst";
            case IPV6_SRC, IPV6_DST, ARP_SPA, ARP_TPA, ND_TARGET -> name(field);
        };
    }

    private static String nxm(Move.Field field) {
        return switch (field) {
            case ETH_SRC -> "NXM_OF_ETH_SRC";
            case ETH_DST -> "NXM_OF_ETH_DST";
            case ARP_SHA -> "NXM_NX_ARP_SHA";
            case ARP_THA -> "NXM_NX_ARP_THA";
            case ARP_SPA -> "NXM_OF_ARP_SPA";
            case ARP_TPA -> "NXM_OF_ARP_TPA";
        };
    }
}
