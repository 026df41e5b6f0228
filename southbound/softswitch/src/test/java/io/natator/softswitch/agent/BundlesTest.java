package io.natator.softswitch.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Profile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.protocol.OFMessage;

/** Bundles as ONF extension 230 has them, written by hand. */
class BundlesTest {
    private static final int ONF = 0x4F4E4600;
    private static final int OPEN = 0;
    private static final int CLOSE = 2;
    private static final int COMMIT = 4;
    private static final int DISCARD = 6;
    private static final int ERROR = 1;
    private static final int EXPERIMENTER = 4;

    private final Rig rig = new Rig();
    private final Rig.Controller c = rig.connect();

    @Test
    void appliesAllAtOnce() {
        control(OPEN, 1);
        add(1, SessionTest.add(5, "10.0.0.1"));
        add(1, SessionTest.add(6, "10.0.0.2"));
        assertThat(types(c.receiveOctets())).containsExactly(EXPERIMENTER);
        assertThat(rig.datapath.flows).isEmpty();
        control(CLOSE, 1);
        control(COMMIT, 1);
        List<ByteBuf> replies = c.receiveOctets();
        assertThat(replies).extracting(b -> (int) b.getShort(20)).containsExactly(CLOSE + 1, COMMIT + 1);
        assertThat(rig.datapath.flows).hasSize(2);
        assertThat(rig.counts.get(AgentCount.BUNDLES_COMMITTED)).isOne();
    }

    @Test
    void appliesNothingIfOneChangeIsRefused() {
        rig.datapath.refuses =
                change -> change instanceof FlowMod mod && mod.match().value()[3] == 0x0A000002L;
        control(OPEN, 1);
        add(1, SessionTest.add(5, "10.0.0.1"));
        add(1, SessionTest.add(6, "10.0.0.2"));
        control(COMMIT, 1);
        List<ByteBuf> replies = c.receiveOctets();
        assertThat(types(replies)).containsExactly(EXPERIMENTER, ERROR, ERROR);
        assertThat(replies.get(1).getInt(4)).as("xid of the change").isEqualTo(6);
        // EXT-230: OFPET_EXPERIMENTER, 2300 + OFPBFC_MSG_FAILED, ONF
        assertThat(replies.get(2).getUnsignedShort(8)).isEqualTo(0xFFFF);
        assertThat(replies.get(2).getUnsignedShort(10)).isEqualTo(2313);
        assertThat(replies.get(2).getInt(12)).isEqualTo(ONF);
        assertThat(rig.datapath.flows).isEmpty();
    }

    @Test
    void commitsNothingIfAMessageWasRefusedWhenAdded() {
        control(OPEN, 1);
        add(1, SessionTest.add(5, "10.0.0.1"));
        add(1, Rig.OF13.buildBarrierRequest().setXid(6).build());
        control(COMMIT, 1);
        assertThat(errors(c.receiveOctets())).containsExactly(2310, 2313);
        assertThat(rig.datapath.flows).isEmpty();
    }

    @Test
    void tellsWhatIsWrongWithABundle() {
        control(COMMIT, 9);
        assertThat(errors(c.receiveOctets())).containsExactly(2302); // BAD_ID
        control(OPEN, 1);
        control(OPEN, 1);
        assertThat(errors(c.receiveOctets())).containsExactly(2303); // BUNDLE_EXIST
        control(OPEN, 2);
        control(CLOSE, 2);
        add(2, SessionTest.add(5, "10.0.0.1"));
        assertThat(errors(c.receiveOctets())).containsExactly(2304); // BUNDLE_CLOSED
        for (int id = 10; id < 27; id++) {
            control(OPEN, id);
        }
        assertThat(errors(c.receiveOctets())).contains(2305); // OUT_OF_BUNDLES
        control(DISCARD, 2);
        assertThat(errors(c.receiveOctets())).isEmpty();
    }

    @Test
    void hasNoneIfTheProfileHasNone() {
        Rig plain = new Rig(Profile.parse("of13-exact"));
        Rig.Controller other = plain.connect();
        other.send(message(OPEN, 1));
        ByteBuf error = other.receiveOctets().getFirst();
        assertThat(error.getShort(8)).isEqualTo((short) 1);
        assertThat(error.getShort(10)).isEqualTo((short) 3); // BAD_EXPERIMENTER
    }

    private void control(int type, int id) {
        c.send(message(type, id));
    }

    private static ByteBuf message(int type, int id) {
        ByteBuf b = Unpooled.buffer()
                .writeByte(4)
                .writeByte(EXPERIMENTER)
                .writeShort(24)
                .writeInt(99);
        return b.writeInt(ONF).writeInt(2300).writeInt(id).writeShort(type).writeShort(3);
    }

    private void add(int id, OFMessage message) {
        ByteBuf inner = Unpooled.buffer();
        message.writeTo(inner);
        ByteBuf b = Unpooled.buffer().writeByte(4).writeByte(EXPERIMENTER);
        b.writeShort(24 + inner.readableBytes()).writeInt((int) message.getXid());
        b.writeInt(ONF).writeInt(2301).writeInt(id).writeShort(0).writeShort(3);
        c.send(b.writeBytes(inner));
    }

    private static List<Integer> types(List<ByteBuf> messages) {
        return messages.stream().map(b -> (int) b.getByte(1)).toList();
    }

    /** Codes of the errors among messages. */
    private static List<Integer> errors(List<ByteBuf> messages) {
        return messages.stream()
                .filter(b -> b.getByte(1) == ERROR)
                .map(b -> b.getUnsignedShort(10))
                .toList();
    }
}
