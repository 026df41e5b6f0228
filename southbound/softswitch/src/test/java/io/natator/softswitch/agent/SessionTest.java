package io.natator.softswitch.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.protocol.OFBadRequestCode;
import org.projectfloodlight.openflow.protocol.OFBarrierReply;
import org.projectfloodlight.openflow.protocol.OFControllerRole;
import org.projectfloodlight.openflow.protocol.OFDescStatsReply;
import org.projectfloodlight.openflow.protocol.OFEchoReply;
import org.projectfloodlight.openflow.protocol.OFEchoRequest;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFFeaturesReply;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFFlowModFlags;
import org.projectfloodlight.openflow.protocol.OFFlowRemoved;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;
import org.projectfloodlight.openflow.protocol.OFGetConfigReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPacketIn;
import org.projectfloodlight.openflow.protocol.OFPortDescStatsReply;
import org.projectfloodlight.openflow.protocol.OFPortStatsReply;
import org.projectfloodlight.openflow.protocol.OFPortStatus;
import org.projectfloodlight.openflow.protocol.OFRoleReply;
import org.projectfloodlight.openflow.protocol.OFRoleRequest;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadRequestErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFFlowModFailedErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFRoleRequestFailedErrorMsg;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/** What controllers ask and are told, by openflowj at their end. */
class SessionTest {
    private final Rig rig = new Rig();

    @Test
    void saysWhoItIs() {
        Rig.Controller c = rig.connect();
        c.send(Rig.OF13.buildFeaturesRequest().setXid(7).build());
        OFFeaturesReply features = c.only(OFFeaturesReply.class);
        assertThat(features.getXid()).isEqualTo(7);
        assertThat(features.getDatapathId().getLong()).isEqualTo(0x1234);
        assertThat(features.getNTables()).isEqualTo((short) Profile.FULL.tables());

        c.send(Rig.OF13.buildDescStatsRequest().build());
        assertThat(c.only(OFDescStatsReply.class).getMfrDesc()).isEqualTo("Natator");

        c.send(Rig.OF13.buildPortDescStatsRequest().build());
        assertThat(c.only(OFPortDescStatsReply.class).getEntries())
                .extracting(p -> p.getName())
                .containsExactly("inside", "outside");

        c.send(Rig.OF13.buildPortStatsRequest().setPortNo(OFPort.ANY).build());
        assertThat(c.only(OFPortStatsReply.class).getEntries().getFirst().getTxPackets())
                .isEqualTo(U64.of(3));
        c.send(Rig.OF13.buildPortStatsRequest().setPortNo(OFPort.of(9)).build());
        assertThat(((OFBadRequestErrorMsg) c.only(OFErrorMsg.class)).getCode()).isEqualTo(OFBadRequestCode.BAD_PORT);

        c.send(
                Rig.OF13.buildSetConfig().setMissSendLen(77).build(),
                Rig.OF13.buildGetConfigRequest().build());
        assertThat(c.only(OFGetConfigReply.class).getMissSendLen()).isEqualTo(77);

        c.send(Rig.OF13.buildEchoRequest().setData(new byte[] {1, 2, 3}).build());
        assertThat(c.only(OFEchoReply.class).getData()).containsExactly(1, 2, 3);
    }

    @Test
    void speaksOnlyWithWhomItCan() {
        Rig.Controller old = rig.new Controller();
        old.send(Unpooled.buffer().writeByte(1).writeByte(0).writeShort(8).writeInt(5));
        List<OFMessage> answers = old.receive();
        assertThat(answers.getLast()).isInstanceOf(OFErrorMsg.class);
        assertThat(old.connection.closed).isTrue();

        Rig.Controller newer = rig.new Controller();
        newer.send(Unpooled.buffer()
                .writeByte(6)
                .writeByte(0)
                .writeShort(16)
                .writeInt(5)
                .writeShort(1)
                .writeShort(8)
                .writeInt(1 << 6 | 1 << 4));
        assertThat(newer.session.isUp()).isTrue();
    }

    @Test
    void answersBarriersOnlyWhenAllBeforeIsDone() {
        Rig.Controller c = rig.connect();
        rig.datapath.answersAtOnce = false;
        c.send(add(1, "10.0.0.1"), Rig.OF13.buildBarrierRequest().setXid(9).build());
        assertThat(c.receive()).isEmpty();
        rig.datapath.answer();
        assertThat(c.only(OFBarrierReply.class).getXid()).isEqualTo(9);
        assertThat(rig.datapath.flows).hasSize(1);
        c.send(Rig.OF13.buildBarrierRequest().setXid(10).build());
        assertThat(c.only(OFBarrierReply.class).getXid()).isEqualTo(10);
    }

    @Test
    void asksAgainWhenTheDatapathIsBusy() {
        Rig.Controller c = rig.connect();
        rig.datapath.busy = true;
        c.send(add(1, "10.0.0.1"), Rig.OF13.buildBarrierRequest().build());
        c.session.onReadComplete();
        assertThat(c.session.ready()).isFalse();
        rig.datapath.busy = false;
        assertThat(c.only(OFBarrierReply.class)).isNotNull();
        assertThat(c.session.ready()).isTrue();
        assertThat(rig.counts.get(AgentCount.DATAPATH_BUSY)).isPositive();
    }

    @Test
    void refusesChangesWithTheirOwnOctets() {
        Rig.Controller c = rig.connect();
        rig.datapath.refuses = change -> rig.datapath.flows.size() == 1;
        c.send(add(1, "10.0.0.1"), add(2, "10.0.0.2"));
        OFFlowModFailedErrorMsg error = c.only(OFFlowModFailedErrorMsg.class);
        assertThat(error.getXid()).isEqualTo(2);
        assertThat(error.getData().getData()).hasSize(64);
        assertThat(rig.datapath.flows).hasSize(1);
    }

    @Test
    void dumpsManyRulesInParts() {
        Rig.Controller c = rig.connect();
        for (int i = 0; i < 1234; i++) {
            c.send(add(i, "10.0." + i / 256 + "." + i % 256));
        }
        c.send(Rig.OF13
                .buildFlowStatsRequest()
                .setTableId(TableId.ALL)
                .setXid(5)
                .build());
        assertThat(c.receive())
                .filteredOn(OFFlowStatsReply.class::isInstance)
                .flatExtracting(m -> ((OFFlowStatsReply) m).getEntries())
                .extracting(e -> e.getMatch().get(MatchField.IPV4_DST))
                .doesNotHaveDuplicates()
                .hasSize(1234);
        assertThat(c.session.ready()).isTrue();
    }

    @Test
    void electsOneMaster() {
        Rig.Controller a = rig.connect();
        Rig.Controller b = rig.connect();
        a.send(role(OFControllerRole.ROLE_MASTER, 5));
        assertThat(a.only(OFRoleReply.class).getRole()).isEqualTo(OFControllerRole.ROLE_MASTER);
        b.send(role(OFControllerRole.ROLE_MASTER, 4));
        assertThat(b.only(OFRoleRequestFailedErrorMsg.class)).isNotNull();
        b.send(role(OFControllerRole.ROLE_MASTER, 6));
        assertThat(b.only(OFRoleReply.class).getGenerationId()).isEqualTo(U64.of(6));
        assertThat(a.session.role()).isEqualTo(Role.SLAVE);

        a.send(add(1, "10.0.0.1"));
        assertThat(((OFBadRequestErrorMsg) a.only(OFErrorMsg.class)).getCode()).isEqualTo(OFBadRequestCode.IS_SLAVE);
        assertThat(rig.datapath.flows).isEmpty();
        a.send(Rig.OF13.buildFlowStatsRequest().setTableId(TableId.ALL).build());
        assertThat(a.only(OFFlowStatsReply.class).getEntries()).isEmpty();
        // the generation goes round
        b.send(role(OFControllerRole.ROLE_MASTER, -2L), role(OFControllerRole.ROLE_NOCHANGE, 0));
        assertThat(b.receive()).first().isInstanceOf(OFRoleRequestFailedErrorMsg.class);
    }

    @Test
    void tellsEachControllerWhatItWants() {
        Rig.Controller master = rig.connect();
        Rig.Controller slave = rig.connect();
        slave.send(role(OFControllerRole.ROLE_SLAVE, 1));
        var _ = slave.receive();
        Event.PacketIn in = packetIn(Event.PacketInReason.ACTION);
        rig.tell(in);
        OFPacketIn told = master.only(OFPacketIn.class);
        assertThat(told.getMatch().get(MatchField.IN_PORT)).isEqualTo(OFPort.of(3));
        assertThat(told.getData()).hasSize(60);
        assertThat(told.getTotalLen()).isEqualTo(1000);
        assertThat(slave.receive()).isEmpty();

        rig.tell(new Event.PortStatus(
                Event.PortReason.MODIFY, rig.datapath.ports().getFirst()));
        assertThat(master.only(OFPortStatus.class)).isNotNull();
        assertThat(slave.only(OFPortStatus.class).getDesc().getName()).isEqualTo("inside");

        // not by default, and then only as much as the connection has asked for
        rig.tell(packetIn(Event.PacketInReason.INVALID_TTL));
        assertThat(master.receive()).isEmpty();
        master.send(setAsync(7, 7, 0));
        master.send(Rig.OF13.buildSetConfig().setMissSendLen(20).build());
        rig.tell(packetIn(Event.PacketInReason.INVALID_TTL));
        assertThat(master.only(OFPacketIn.class).getData()).hasSize(20);
    }

    @Test
    void losesPacketsOfAControllerThatDoesNotRead() {
        Rig.Controller c = rig.connect();
        c.connection.writable = false;
        rig.tell(packetIn(Event.PacketInReason.NO_MATCH));
        assertThat(c.receive()).isEmpty();
        assertThat(rig.counts.get(AgentCount.PACKET_INS_DROPPED_CONTROLLER_SLOW))
                .isOne();
        Reply.Flow flow = new Reply.Flow(3, 4, 5, 0, 0, 1, Match.ANY, Instructions.NONE, 6, 7, 8_000_000_009L);
        rig.tell(new Event.FlowRemoved(Event.RemovedReason.HARD_TIMEOUT, flow));
        OFFlowRemoved removed = c.only(OFFlowRemoved.class);
        assertThat(removed.getPacketCount()).isEqualTo(U64.of(6));
        assertThat(removed.getDurationSec()).isEqualTo(8);
    }

    @Test
    void givesUpWhoIsSilent() {
        Rig.Controller c = rig.connect();
        rig.now += 5_000_000_000L;
        c.session.tick(rig.now);
        assertThat(c.only(OFEchoRequest.class)).isNotNull();
        rig.now += 10_000_000_000L;
        c.session.tick(rig.now);
        assertThat(c.connection.closed).isTrue();
        assertThat(rig.state.roles().sessions()).isEmpty();
        assertThat(rig.counts.get(AgentCount.CONNECTIONS_SILENT)).isOne();
    }

    @Test
    void oneBadMessageCostsNothingElse() {
        Rig.Controller c = rig.connect();
        c.send(Unpooled.buffer().writeByte(4).writeByte(99).writeShort(8).writeInt(1));
        c.send(Unpooled.buffer().writeByte(9).writeByte(5).writeShort(8).writeInt(2));
        c.send(Unpooled.buffer()
                .writeByte(4)
                .writeByte(14)
                .writeShort(12)
                .writeInt(3)
                .writeInt(0));
        c.send(Unpooled.buffer()
                .writeByte(4)
                .writeByte(18)
                .writeShort(10)
                .writeInt(4)
                .writeShort(0));
        assertThat(c.receive())
                .extracting(m -> ((OFBadRequestErrorMsg) m).getCode())
                .containsExactly(
                        OFBadRequestCode.BAD_TYPE,
                        OFBadRequestCode.BAD_VERSION,
                        OFBadRequestCode.BAD_LEN,
                        OFBadRequestCode.BAD_LEN);
        c.send(Rig.OF13.buildFeaturesRequest().build());
        assertThat(c.only(OFFeaturesReply.class)).isNotNull();
    }

    private static ByteBuf setAsync(int packetIn, int ports, int removed) {
        ByteBuf b = Unpooled.buffer().writeByte(4).writeByte(28).writeShort(32).writeInt(1);
        return b.writeInt(packetIn)
                .writeInt(0)
                .writeInt(ports)
                .writeInt(0)
                .writeInt(removed)
                .writeInt(0);
    }

    private static Event.PacketIn packetIn(Event.PacketInReason reason) {
        long[] key = new long[Key.WORDS];
        Key.set(key, Field.IN_PORT, 3);
        return new Event.PacketIn(reason, 1, 2, 1000, key, new byte[60]);
    }

    private static OFRoleRequest role(OFControllerRole role, long generation) {
        return Rig.OF13
                .buildRoleRequest()
                .setRole(role)
                .setGenerationId(U64.of(generation))
                .build();
    }

    static OFFlowAdd add(long xid, String destination) {
        return Rig.OF13
                .buildFlowAdd()
                .setXid(xid)
                .setTableId(TableId.of(0))
                .setPriority(100)
                .setFlags(java.util.Set.of(OFFlowModFlags.SEND_FLOW_REM))
                .setMatch(Rig.OF13
                        .buildMatch()
                        .setExact(MatchField.ETH_TYPE, EthType.IPv4)
                        .setExact(MatchField.IPV4_DST, IPv4Address.of(destination))
                        .build())
                .setInstructions(List.of(Rig.OF13
                        .instructions()
                        .applyActions(List.of(Rig.OF13.actions().output(OFPort.of(2), 0)))))
                .build();
    }
}
