package io.natator.model.rule;

import io.natator.model.session.Share;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.flow.instructions.Instructions.MetadataInstruction;
import org.onosproject.net.flow.instructions.Instructions.MeterInstruction;
import org.onosproject.net.flow.instructions.Instructions.StatTriggerInstruction;
import org.onosproject.net.flow.instructions.Instructions.TableTypeTransition;

/**
 * A treatment in one array. On the wire: apply-actions ({@link #immediate()}, in order), then
 * {@link #writeMetadata()}, then goto ({@link #tableTransition()}). Empty means drop. Immutable.
 */
public final class Actions implements TrafficTreatment {
    private static final Actions DROP = new Actions(new Instruction[0], null, null);

    private final Instruction[] immediate;
    private final MetadataInstruction metadata;
    private final TableTypeTransition transition;

    private Actions(Instruction[] immediate, MetadataInstruction metadata, TableTypeTransition transition) {
        this.immediate = immediate;
        this.metadata = metadata;
        this.transition = transition;
    }

    /** Nothing: the packet ends here. */
    public static Actions drop() {
        return DROP;
    }

    /** Apply-actions of one address rewrite, then what {@code rest} does. */
    public static Actions setThen(AddressField field, IpPrefix to, Actions rest) {
        return rest.after(setAddress(field, to));
    }

    /** Rewrites the network part of a field. */
    public static Instruction setAddress(AddressField field, IpPrefix to) {
        return Instructions.extension(new SetAddress(field, to), DeviceId.NONE);
    }

    /** Copies one field into another. */
    public static Instruction move(Move.Field from, Move.Field to) {
        return Instructions.extension(new Move(from, to), DeviceId.NONE);
    }

    /** As if it had come by {@code port}; needs {@code Feature.SET_IN_PORT}. */
    public static Instruction setInPort(int port) {
        return Instructions.extension(new SetInPort(port), DeviceId.NONE);
    }

    /** Translates by a share of the software switch, statefully; needs {@code Feature.TRANSLATE}. */
    public static Instruction translate(int share, Share.Direction direction) {
        return Instructions.extension(new Translate(share, direction), DeviceId.NONE);
    }

    /** Puts a VLAN tag (0x8100) before all others. */
    public static Instruction[] pushVlan(int vid) {
        return new Instruction[] {Instructions.pushVlan(), Instructions.modVlanId(VlanId.vlanId((short) vid))};
    }

    /** Takes the outermost VLAN tag off. */
    public static Instruction popVlan() {
        return Instructions.popVlan();
    }

    /** The same with {@code first} before everything else. */
    public Actions after(Instruction... first) {
        Instruction[] all = Arrays.copyOf(first, first.length + immediate.length);
        System.arraycopy(immediate, 0, all, first.length, immediate.length);
        return new Actions(all, metadata, transition);
    }

    /** One action. */
    public static Actions apply(Instruction... actions) {
        return new Actions(actions.clone(), null, null);
    }

    /** Leaves by a port. */
    public static Actions output(PortNumber port) {
        return apply(Instructions.createOutput(port));
    }

    /** Leaves by a port; if that is the one by which it came, use {@code PortNumber.IN_PORT} instead. */
    public static Actions output(int port) {
        return output(PortNumber.portNumber(port));
    }

    /** Goes on in another table. */
    public static Actions goTo(int table) {
        return new Actions(DROP.immediate, null, (TableTypeTransition) Instructions.transition(table));
    }

    /** Goes on in another table with all 64 bits of metadata set. */
    public static Actions metadataThenGoTo(long metadata, int table) {
        return new Actions(
                DROP.immediate, (MetadataInstruction) Instructions.writeMetadata(metadata, -1L), (TableTypeTransition)
                        Instructions.transition(table));
    }

    /** Router: MACs, TTL, port. */
    public static Actions route(MacAddress ethSrc, MacAddress ethDst, PortNumber port) {
        return apply(
                Instructions.modL2Src(ethSrc),
                Instructions.modL2Dst(ethDst),
                Instructions.decNwTtl(),
                Instructions.createOutput(port));
    }

    @Override
    public List<Instruction> deferred() {
        return List.of();
    }

    @Override
    public List<Instruction> immediate() {
        return Arrays.asList(immediate);
    }

    @Override
    public List<Instruction> allInstructions() {
        List<Instruction> all = new ArrayList<>(immediate());
        if (metadata != null) {
            all.add(metadata);
        }
        if (transition != null) {
            all.add(transition);
        }
        return all;
    }

    /** Null if there is none, as ONOS has it. */
    @Override
    public TableTypeTransition tableTransition() {
        return transition;
    }

    @Override
    public boolean clearedDeferred() {
        return false;
    }

    /** Null if there is none, as ONOS has it. */
    @Override
    public MetadataInstruction writeMetadata() {
        return metadata;
    }

    /** None. */
    @Override
    public StatTriggerInstruction statTrigger() {
        return null;
    }

    /** None. */
    @Override
    public MeterInstruction metered() {
        return null;
    }

    @Override
    public Set<MeterInstruction> meters() {
        return Set.of();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Actions a
                && Arrays.equals(immediate, a.immediate)
                && Objects.equals(metadata, a.metadata)
                && Objects.equals(transition, a.transition);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(immediate) + Objects.hashCode(metadata)) + Objects.hashCode(transition);
    }

    @Override
    public String toString() {
        return allInstructions().toString();
    }
}
