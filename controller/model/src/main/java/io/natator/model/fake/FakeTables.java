package io.natator.model.fake;

import io.natator.model.packet.Addresses;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Fields;
import io.natator.model.packet.Packet;
import io.natator.model.packet.Packet.Arp;
import io.natator.model.packet.Packet.Ip;
import io.natator.model.packet.Packet.Nd;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.AddressMatch;
import io.natator.model.rule.Move;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleText;
import io.natator.model.rule.SetAddress;
import io.natator.model.rule.SetInPort;
import io.natator.model.rule.Translate;
import io.natator.model.rule.TtlMatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.TrafficSelector;
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

/**
 * Flow tables that execute rules on packets as OpenFlow 1.3 says: highest priority, apply-actions in order,
 * metadata, goto, a miss drops. Two rules of one priority that both match and differ in effect are an error here,
 * where a switch would choose for itself.
 */
public final class FakeTables {
    private final TreeMap<Integer, List<Rule>> tables = new TreeMap<>();

    /**
     * A packet that leaves the tables.
     *
     * @param port a number, {@code NORMAL} or {@code CONTROLLER}; {@code IN_PORT} is told as the port's number
     * @param vlan id of its VLAN tag; 0 if it has none
     * @param from NORMAL: the port by which it is taken to have come, where its sender is learned; else 0
     */
    public record Emission(Packet packet, PortNumber port, int vlan, int from) {
        /** Not by NORMAL. */
        public Emission(Packet packet, PortNumber port, int vlan) {
            this(packet, port, vlan, 0);
        }

        /** Without a tag. */
        public Emission(Packet packet, PortNumber port) {
            this(packet, port, 0);
        }
    }

    /** What a software switch makes of a packet by one of its shares; empty: it ends there. */
    @FunctionalInterface
    public interface Shares {
        Optional<Packet> translate(Translate action, Packet packet);
    }

    /**
     * @param emissions what left, in order
     * @param path rules that matched, in order
     */
    public record Result(List<Emission> emissions, List<Rule> path) {}

    /** @throws IllegalArgumentException if two rules have one identity, or a goto leads backwards */
    public FakeTables(Collection<Rule> rules) {
        record Identity(int table, int priority, TrafficSelector selector) {}
        Set<Identity> seen = new HashSet<>();
        for (Rule rule : rules) {
            if (!seen.add(new Identity(rule.table(), rule.priority(), rule.selector()))) {
                throw new IllegalArgumentException("two rules of one identity: " + RuleText.describe(rule));
            }
            if (rule.treatment().tableTransition() != null
                    && rule.treatment().tableTransition().tableId() <= rule.table()) {
                throw new IllegalArgumentException("goto leads backwards: " + RuleText.describe(rule));
            }
            tables.computeIfAbsent(rule.table(), t -> new ArrayList<>()).add(rule);
        }
        tables.values()
                .forEach(t -> t.sort(Comparator.comparingInt(Rule::priority).reversed()));
    }

    /** What becomes of a packet without a VLAN tag on a switch that has no shares. */
    public Result execute(Arrival arrival) {
        return execute(arrival, 0, (action, packet) -> {
            throw new IllegalArgumentException("unknown action " + action);
        });
    }

    /**
     * What becomes of a packet.
     *
     * @param tag id of its VLAN tag; 0 if it has none
     */
    public Result execute(Arrival arrival, int tag, Shares shares) {
        int vlan = tag;
        int inPort = arrival.inPort();
        List<Emission> emissions = new ArrayList<>();
        List<Rule> path = new ArrayList<>();
        Packet packet = arrival.packet();
        long metadata = 0;
        Optional<Integer> table = tables.isEmpty() ? Optional.empty() : Optional.of(tables.firstKey());
        while (table.isPresent()) {
            Optional<Rule> rule = lookup(table.get(), inPort, vlan, metadata, packet);
            if (rule.isEmpty()) {
                break;
            }
            path.add(rule.get());
            for (Instruction instruction : rule.get().treatment().immediate()) {
                if (instruction instanceof OutputInstruction output) {
                    output(inPort, output.port(), packet, vlan).ifPresent(emissions::add);
                } else if (instruction instanceof ModVlanHeaderInstruction header) {
                    vlan = retag(header, vlan);
                } else if (instruction instanceof ModVlanIdInstruction id) {
                    vlan = id.vlanId().toShort();
                } else if (instruction instanceof ExtensionInstructionWrapper wrapper
                        && wrapper.extensionInstruction() instanceof SetInPort set) {
                    inPort = set.port();
                } else {
                    Optional<Packet> next = apply(instruction, packet, shares);
                    if (next.isEmpty()) {
                        return new Result(List.copyOf(emissions), List.copyOf(path));
                    }
                    packet = next.get();
                }
            }
            var write = rule.get().treatment().writeMetadata();
            if (write != null) {
                metadata = (metadata & ~write.metadataMask()) | (write.metadata() & write.metadataMask());
            }
            table = Optional.ofNullable(rule.get().treatment().tableTransition())
                    .map(t -> t.tableId());
        }
        return new Result(List.copyOf(emissions), List.copyOf(path));
    }

    /** One tag is all that packets have here. */
    private static int retag(ModVlanHeaderInstruction instruction, int vlan) {
        boolean push = instruction.subtype() == L2ModificationInstruction.L2SubType.VLAN_PUSH;
        if (push == (vlan != 0)) {
            throw new IllegalStateException(instruction + " with VLAN " + vlan);
        }
        return push ? -1 : 0;
    }

    private Optional<Rule> lookup(int table, int inPort, int vlan, long metadata, Packet packet) {
        Rule found = null;
        for (Rule rule : tables.getOrDefault(table, List.of())) {
            if (found != null && rule.priority() < found.priority()) {
                break;
            }
            if (matches(rule.selector(), inPort, vlan, metadata, packet)) {
                if (found != null && !found.treatment().equals(rule.treatment())) {
                    throw new IllegalStateException("ambiguous for " + packet + ":\n" + RuleText.describe(found) + "\n"
                            + RuleText.describe(rule));
                }
                found = rule;
            }
        }
        return Optional.ofNullable(found);
    }

    private static boolean matches(TrafficSelector selector, int inPort, int vlan, long metadata, Packet packet) {
        for (Criterion criterion : selector.criteria()) {
            boolean match = switch (criterion) {
                case PortCriterion c -> c.port().toLong() == inPort;
                case MetadataCriterion c -> c.metadata() == metadata;
                case EthCriterion c ->
                    c.mac().equals(c.type() == Criterion.Type.ETH_SRC ? packet.ethSrc() : packet.ethDst());
                case EthTypeCriterion c -> (c.ethType().toShort() & 0xFFFF) == ethType(packet);
                case IPProtocolCriterion c -> c.protocol() == protocol(packet);
                case IPCriterion c -> in(packet, field(c), c.ip());
                case VlanIdCriterion c -> c.vlanId().toShort() == vlan;
                case IcmpTypeCriterion c -> c.icmpType() == icmpv4Type(packet);
                case Icmpv6TypeCriterion c -> c.icmpv6Type() == icmpv6Type(packet);
                case ArpOpCriterion c -> packet instanceof Arp arp && arp.op() == c.arpOp();
                case ExtensionCriterion c ->
                    switch (c.extensionSelector()) {
                        case AddressMatch m -> in(packet, m.field(), m.prefix());
                        case TtlMatch m -> ttl(packet) == m.ttl();
                        default -> throw new IllegalArgumentException("unknown extension " + c);
                    };
                default -> throw new IllegalArgumentException("unknown criterion " + criterion);
            };
            if (!match) {
                return false;
            }
        }
        return true;
    }

    private static AddressField field(IPCriterion criterion) {
        boolean source = criterion.type() == Criterion.Type.IPV4_SRC || criterion.type() == Criterion.Type.IPV6_SRC;
        if (criterion.ip().isIp4()) {
            return source ? AddressField.IPV4_SRC : AddressField.IPV4_DST;
        }
        return source ? AddressField.IPV6_SRC : AddressField.IPV6_DST;
    }

    private static boolean in(Packet packet, AddressField field, IpPrefix prefix) {
        return Fields.get(packet, field).filter(a -> Addresses.in(prefix, a)).isPresent();
    }

    private static int ethType(Packet packet) {
        return switch (packet) {
            case Arp arp -> 0x0806;
            case Ip ip -> ip.src().isIp4() ? 0x0800 : 0x86DD;
            case Nd nd -> 0x86DD;
        };
    }

    private static int protocol(Packet packet) {
        return switch (packet) {
            case Arp arp -> -1;
            case Ip ip -> ip.protocol();
            case Nd nd -> 58;
        };
    }

    private static int icmpv4Type(Packet packet) {
        return packet instanceof Ip ip && ip.protocol() == 1 && ip.src().isIp4() ? ip.srcPort() : -1;
    }

    private static int icmpv6Type(Packet packet) {
        return switch (packet) {
            case Arp arp -> -1;
            case Ip ip -> ip.protocol() == 58 && ip.src().isIp6() ? ip.srcPort() : -1;
            case Nd nd -> nd.type();
        };
    }

    private static int ttl(Packet packet) {
        return switch (packet) {
            case Arp arp -> -1;
            case Ip ip -> ip.ttl();
            case Nd nd -> 255;
        };
    }

    /** OpenFlow 1.3.5, section 7.2.1: not back to where it came from, unless told so. */
    private static Optional<Emission> output(int inPort, PortNumber port, Packet packet, int vlan) {
        if (port.equals(PortNumber.IN_PORT)) {
            return Optional.of(new Emission(packet, PortNumber.portNumber(inPort), vlan));
        }
        if (port.equals(PortNumber.NORMAL)) {
            return Optional.of(new Emission(packet, port, vlan, inPort));
        }
        return port.toLong() == inPort ? Optional.empty() : Optional.of(new Emission(packet, port, vlan));
    }

    /** The packet after one action; empty if it ends there. */
    private static Optional<Packet> apply(Instruction instruction, Packet packet, Shares shares) {
        return switch (instruction) {
            case ModEtherInstruction i ->
                Optional.of(
                        switch (i.subtype()) {
                            case ETH_SRC -> Fields.ethernet(packet, i.mac(), packet.ethDst());
                            case ETH_DST -> Fields.ethernet(packet, packet.ethSrc(), i.mac());
                            default -> throw new IllegalArgumentException("unknown action " + i);
                        });
            case ModArpEthInstruction i -> Optional.of(sha((Arp) packet, i.mac()));
            case ModArpOpInstruction i -> Optional.of(op((Arp) packet, (int) i.op()));
            case ExtensionInstructionWrapper i ->
                switch (i.extensionInstruction()) {
                    case SetAddress s -> Optional.of(set(packet, s));
                    case Move m -> Optional.of(move(packet, m));
                    case Translate t -> shares.translate(t, packet);
                    default -> throw new IllegalArgumentException("unknown action " + i);
                };
            case L3ModificationInstruction i
            when i.subtype() == L3ModificationInstruction.L3SubType.DEC_TTL -> decrement((Ip) packet);
            default -> throw new IllegalArgumentException("unknown action " + instruction);
        };
    }

    private static Packet set(Packet packet, SetAddress action) {
        IpAddress old = Fields.get(packet, action.field())
                .orElseThrow(() -> new IllegalStateException(packet + " has no " + action.field()));
        return Fields.set(packet, action.field(), Addresses.withNetwork(old, action.to()));
    }

    private static Optional<Packet> decrement(Ip p) {
        return p.ttl() <= 1
                ? Optional.empty()
                : Optional.of(new Ip(
                        p.ethSrc(), p.ethDst(), p.src(), p.dst(), p.ttl() - 1, p.protocol(), p.srcPort(), p.dstPort()));
    }

    private static Packet move(Packet packet, Move move) {
        Arp arp = (Arp) packet;
        return switch (move.from()) {
            case ETH_SRC -> put(arp, move.to(), arp.ethSrc());
            case ETH_DST -> put(arp, move.to(), arp.ethDst());
            case ARP_SHA -> put(arp, move.to(), arp.sha());
            case ARP_THA -> put(arp, move.to(), arp.tha());
            case ARP_SPA -> put(arp, move.to(), arp.spa());
            case ARP_TPA -> put(arp, move.to(), arp.tpa());
        };
    }

    private static Packet put(Arp a, Move.Field field, MacAddress mac) {
        return switch (field) {
            case ETH_SRC -> Fields.ethernet(a, mac, a.ethDst());
            case ETH_DST -> Fields.ethernet(a, a.ethSrc(), mac);
            case ARP_SHA -> sha(a, mac);
            case ARP_THA -> new Arp(a.ethSrc(), a.ethDst(), a.op(), a.sha(), a.spa(), mac, a.tpa());
            case ARP_SPA, ARP_TPA -> throw new IllegalArgumentException("widths differ: " + field);
        };
    }

    private static Packet put(Arp a, Move.Field field, IpAddress address) {
        return switch (field) {
            case ARP_SPA -> Fields.set(a, AddressField.ARP_SPA, address);
            case ARP_TPA -> Fields.set(a, AddressField.ARP_TPA, address);
            case ETH_SRC, ETH_DST, ARP_SHA, ARP_THA -> throw new IllegalArgumentException("widths differ: " + field);
        };
    }

    private static Arp sha(Arp a, MacAddress mac) {
        return new Arp(a.ethSrc(), a.ethDst(), a.op(), mac, a.spa(), a.tha(), a.tpa());
    }

    private static Arp op(Arp a, int op) {
        return new Arp(a.ethSrc(), a.ethDst(), op, a.sha(), a.spa(), a.tha(), a.tpa());
    }
}
