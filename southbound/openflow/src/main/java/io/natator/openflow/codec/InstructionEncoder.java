package io.natator.openflow.codec;

import io.natator.model.rule.AddressField;
import io.natator.model.rule.Move;
import io.natator.model.rule.SetAddress;
import io.natator.model.rule.SetInPort;
import io.natator.model.rule.Translate;
import io.natator.model.session.Share;
import io.natator.packet.Bytes;
import io.natator.packet.EtherType;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions.ExtensionInstructionWrapper;
import org.onosproject.net.flow.instructions.Instructions.MetadataInstruction;
import org.onosproject.net.flow.instructions.Instructions.NoActionInstruction;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModEtherInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanHeaderInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanIdInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModArpEthInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModArpIPInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModArpOpInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModTtlInstruction;

/** Instructions of a rule: apply-actions, write-metadata, goto-table, in that order (section 7.2.4). */
final class InstructionEncoder {
    private static final int EXPERIMENTER_ACTION = 24;

    private final ByteWriter out = new ByteWriter();
    private int traits;

    byte[] toArray() {
        return out.toArray();
    }

    int traits() {
        return traits;
    }

    /** Encodes into the own buffer; returns what is not supported, or an empty string. */
    String encode(TrafficTreatment treatment) {
        out.clear();
        traits = 0;
        if (!treatment.deferred().isEmpty() || treatment.clearedDeferred()) {
            return "write-actions are not supported";
        }
        if (!treatment.meters().isEmpty()) {
            return "meters are not supported";
        }
        int start = out.size();
        out.u16(Wire.APPLY_ACTIONS).u16(0).u32(0);
        for (Instruction instruction : treatment.immediate()) {
            if (!action(instruction)) {
                return "instruction not supported: " + instruction;
            }
        }
        if (out.size() == start + 8) {
            out.clear();
        } else {
            out.set16(start + 2, out.size() - start);
        }
        MetadataInstruction metadata = treatment.writeMetadata();
        if (metadata != null) {
            out.u16(Wire.WRITE_METADATA).u16(24).u32(0).u64(metadata.metadata() & metadata.metadataMask());
            out.u64(metadata.metadataMask());
            traits |= Trait.METADATA_WRITE.bit();
        }
        if (treatment.tableTransition() != null) {
            out.u16(Wire.GOTO_TABLE)
                    .u16(8)
                    .u8(treatment.tableTransition().tableId())
                    .u8(0)
                    .u16(0);
        }
        return "";
    }

    private boolean action(Instruction instruction) {
        return switch (instruction) {
            case OutputInstruction o -> output((int) o.port().toLong());
            case ModEtherInstruction m ->
                switch (m.subtype()) {
                    case ETH_SRC -> set(Field.ETH_SRC, 0, m.mac().toLong());
                    case ETH_DST -> set(Field.ETH_DST, 0, m.mac().toLong());
                    default -> false;
                };
            case ModTtlInstruction m when m.subtype() == L3ModificationInstruction.L3SubType.DEC_TTL -> decTtl();
            case ModArpOpInstruction m -> arp(set(Field.ARP_OP, 0, m.op()));
            case ModArpEthInstruction m ->
                arp(set(
                        m.subtype() == L3ModificationInstruction.L3SubType.ARP_SHA ? Field.ARP_SHA : Field.ARP_THA,
                        0,
                        m.mac().toLong()));
            case ModVlanHeaderInstruction m -> vlanHeader(m);
            case ModVlanIdInstruction m ->
                set(Field.VLAN_VID, 0, Wire.VLAN_PRESENT | m.vlanId().toShort());
            case ModArpIPInstruction m ->
                arp(address(
                        m.subtype() == L3ModificationInstruction.L3SubType.ARP_SPA ? Field.ARP_SPA : Field.ARP_TPA,
                        m.ip().toIpPrefix()));
            case ExtensionInstructionWrapper e ->
                switch (e.extensionInstruction()) {
                    case SetAddress(AddressField field, IpPrefix to) -> setAddress(field, to);
                    case Move(Move.Field from, Move.Field to) -> move(of(from), of(to));
                    case SetInPort(int port) -> setInPort(port);
                    case Translate(int share, Share.Direction direction) -> translate(share, direction);
                    default -> false;
                };
            case NoActionInstruction _ -> true;
            default -> false;
        };
    }

    private boolean output(int port) {
        out.u16(Wire.OUTPUT).u16(16).u32(port);
        out.u16(port == Wire.PORT_CONTROLLER ? Wire.WHOLE_PACKET : 0).u16(0).u32(0);
        if (port == Wire.PORT_NORMAL) {
            traits |= Trait.NORMAL.bit();
        }
        return true;
    }

    /** Tags of IEEE 802.1Q only. */
    private boolean vlanHeader(ModVlanHeaderInstruction m) {
        boolean push = m.subtype() == L2ModificationInstruction.L2SubType.VLAN_PUSH;
        out.u16(push ? Wire.PUSH_VLAN : Wire.POP_VLAN)
                .u16(8)
                .u16(push ? EtherType.VLAN : 0)
                .u16(0);
        return true;
    }

    private boolean decTtl() {
        out.u16(Wire.DEC_TTL).u16(8).u32(0);
        return true;
    }

    private boolean arp(boolean done) {
        traits |= Trait.SET_ARP.bit();
        return done;
    }

    private boolean set(Field field, long high, long low) {
        int start = out.size();
        out.u16(Wire.SET_FIELD).u16(0).u32(field.header()).number(high, low, field.bits());
        out.pad8(start).set16(start + 2, out.size() - start);
        return true;
    }

    private boolean setAddress(AddressField field, IpPrefix to) {
        traits |= switch (field) {
            case ARP_SPA, ARP_TPA -> Trait.SET_ARP.bit();
            case ND_TARGET -> Trait.SET_ND.bit();
            case IPV4_SRC, IPV4_DST, IPV6_SRC, IPV6_DST -> 0;
        };
        return address(RuleEncoder.of(field), to);
    }

    private boolean address(Field field, IpPrefix to) {
        if (to.isIp4() != (field.bits() == 32)) {
            return false;
        }
        byte[] octets = to.address().toOctets();
        int length = to.prefixLength();
        long low = octets.length == 4 ? Bytes.i32(octets, 0) & 0xFFFF_FFFFL : Bytes.i64(octets, 8);
        long high = octets.length == 4 ? 0 : Bytes.i64(octets, 0);
        if (length == field.bits()) {
            return set(field, high, low);
        }
        traits |= Trait.MASKED_SET_FIELD.bit();
        if (field.bits() == 32) {
            load(field, 32 - length, length, low >>> (32 - length));
        } else if (length <= 64) {
            load(field, 128 - length, length, length == 0 ? 0 : high >>> (64 - length));
        } else {
            load(field, 128 - length, length - 64, low >>> (128 - length));
            load(field, 64, 64, high);
        }
        return true;
    }

    /** NX reg_load: {@code bits} (0 to 64) of {@code value} from bit {@code offset} on; none is no action at all. */
    private void load(Field field, int offset, int bits, long value) {
        if (bits > 0) {
            nicira(Wire.NX_REG_LOAD)
                    .u16(offset << 6 | (bits - 1))
                    .u32(field.nxmHeader())
                    .u64(value);
        }
    }

    private boolean move(Field from, Field to) {
        nicira(Wire.NX_REG_MOVE)
                .u16(from.bits())
                .u16(0)
                .u16(0)
                .u32(from.nxmHeader())
                .u32(to.nxmHeader());
        traits |= Trait.MOVE.bit();
        return true;
    }

    /** Ports of OpenFlow 1.0, which have 16 bits. */
    private boolean setInPort(int port) {
        traits |= Trait.SET_IN_PORT.bit();
        return port >>> 16 == 0 && set(Field.NX_IN_PORT, 0, port);
    }

    private boolean translate(int share, Share.Direction direction) {
        out.u16(Wire.ACTION_EXPERIMENTER).u16(TranslateAction.LENGTH).u32(Wire.NATATOR);
        out.u16(Wire.NATATOR_TRANSLATE)
                .u8(TranslateAction.number(direction))
                .u8(0)
                .u32(share);
        traits |= Trait.TRANSLATE.bit();
        return true;
    }

    private ByteWriter nicira(int subtype) {
        return out.u16(Wire.ACTION_EXPERIMENTER)
                .u16(EXPERIMENTER_ACTION)
                .u32(Wire.NICIRA)
                .u16(subtype);
    }

    private static Field of(Move.Field field) {
        return switch (field) {
            case ETH_SRC -> Field.ETH_SRC;
            case ETH_DST -> Field.ETH_DST;
            case ARP_SHA -> Field.ARP_SHA;
            case ARP_THA -> Field.ARP_THA;
            case ARP_SPA -> Field.ARP_SPA;
            case ARP_TPA -> Field.ARP_TPA;
        };
    }
}
