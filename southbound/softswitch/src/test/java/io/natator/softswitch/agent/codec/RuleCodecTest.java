package io.natator.softswitch.agent.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IPv4AddressWithMask;
import org.projectfloodlight.openflow.types.IPv6AddressWithMask;
import org.projectfloodlight.openflow.types.IpProtocol;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.OFVlanVidMatch;
import org.projectfloodlight.openflow.types.TransportPort;
import org.projectfloodlight.openflow.types.U64;

/** Rules from octets and back, against this codec's other half and against openflowj. */
class RuleCodecTest {
    private static final OFFactory OF13 = OFFactories.getFactory(OFVersion.OF_13);
    private static final Profile PLAIN = Profile.parse("of13-exact");

    private final RequestDecoder decoder = new RequestDecoder(Profile.FULL);

    private static long seed() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("seed " + seed + " (repeat with -Dnatator.seed=" + seed + ")");
        return seed;
    }

    /** A flow-mod as a controller would write this rule. */
    static byte[] octets(FlowMod mod) {
        ByteBuf b = Unpooled.buffer();
        int start = Message.begin(b, MessageType.FLOW_MOD, 1);
        b.writeLong(mod.cookie()).writeLong(mod.cookieMask()).writeByte(mod.table());
        b.writeByte(0)
                .writeShort(mod.idleTimeout())
                .writeShort(mod.hardTimeout())
                .writeShort(mod.priority());
        b.writeInt(-1)
                .writeInt(mod.outPort())
                .writeInt(mod.outGroup())
                .writeShort(mod.flags())
                .writeShort(0);
        MatchEncoder.write(b, mod.match());
        InstructionEncoder.write(b, mod.instructions());
        Message.end(b, start);
        byte[] octets = new byte[b.readableBytes()];
        b.readBytes(octets);
        return octets;
    }

    @Test
    void readsWhatItWrites() {
        RandomRules rules = new RandomRules(new Random(seed()));
        for (int i = 0; i < 10_000; i++) {
            FlowMod mod = rules.next();
            byte[] b = octets(mod);
            assertThat(decoder.modification(b, 0, b.length, MessageType.FLOW_MOD))
                    .isEqualTo(new Decoded.Ok<Modification>(mod));
        }
    }

    /** openflowj knows no masks of set-field and no NXM_NX_IP_TTL; all the rest it must read as it is. */
    @Test
    void tellsRulesAsOpenflowjReadsThem() throws OFParseError {
        RandomRules rules = new RandomRules(new Random(seed()));
        RequestDecoder plain = new RequestDecoder(PLAIN);
        int compared = 0;
        for (int i = 0; i < 6_000; i++) {
            FlowMod mod = rules.next();
            byte[] b = octets(mod);
            if (!(plain.modification(b, 0, b.length, MessageType.FLOW_MOD) instanceof Decoded.Ok<Modification>)) {
                continue; // uses more than OpenFlow 1.3
            }
            ByteBuf out = Unpooled.buffer();
            FlowReplies.flows(out, 3, List.of(flow(mod)), true);
            OFFlowMod theirs;
            try {
                theirs = (OFFlowMod) OFFactories.getGenericReader().readFrom(Unpooled.wrappedBuffer(b));
            } catch (OFParseError e) {
                continue; // openflowj lacks some fields
            }
            OFFlowStatsReply told =
                    (OFFlowStatsReply) OFFactories.getGenericReader().readFrom(out);
            assertThat(told.getEntries()).hasSize(1);
            assertThat(told.getEntries().getFirst().getMatch()).isEqualTo(theirs.getMatch());
            assertThat(told.getEntries().getFirst().getInstructions()).isEqualTo(theirs.getInstructions());
            compared++;
        }
        assertThat(compared).isGreaterThan(200);
    }

    private static Reply.Flow flow(FlowMod mod) {
        return new Reply.Flow(
                mod.table(),
                mod.priority(),
                mod.cookie(),
                mod.idleTimeout(),
                mod.hardTimeout(),
                mod.flags(),
                mod.match(),
                mod.instructions(),
                1,
                2,
                3);
    }

    @Test
    void readsWhatOpenflowjWrites() {
        ByteBuf b = Unpooled.buffer();
        OF13.buildFlowAdd()
                .setCookie(U64.of(0x4e4))
                .setPriority(7)
                .setMatch(OF13.buildMatch()
                        .setExact(MatchField.IN_PORT, OFPort.of(3))
                        .setExact(MatchField.ETH_TYPE, EthType.IPv6)
                        .setExact(MatchField.IP_PROTO, IpProtocol.TCP)
                        .setMasked(MatchField.IPV6_DST, IPv6AddressWithMask.of("2001:db8:3::/64"))
                        .setExact(MatchField.TCP_DST, TransportPort.of(80))
                        .setExact(MatchField.VLAN_VID, OFVlanVidMatch.ofVlan(5))
                        .build())
                .setInstructions(List.of(
                        OF13.instructions()
                                .applyActions(List.of(
                                        OF13.actions().setField(OF13.oxms().ethSrc(MacAddress.of("02:00:00:00:00:01"))),
                                        OF13.actions().decNwTtl(),
                                        OF13.actions().output(OFPort.CONTROLLER, 0xFFFF))),
                        OF13.instructions().gotoTable(org.projectfloodlight.openflow.types.TableId.of(3))))
                .build()
                .writeTo(b);
        FlowMod mod = decode(b);
        assertThat(mod.cookie()).isEqualTo(0x4e4);
        assertThat(value(mod.match(), Field.IN_PORT)).isEqualTo(3);
        assertThat(value(mod.match(), Field.TCP_DST)).isEqualTo(80);
        assertThat(value(mod.match(), Field.VLAN_VID)).isEqualTo(0x1005);
        assertThat(mod.match().value()[Field.IPV6_DST.word()]).isEqualTo(0x20010DB8_00030000L);
        assertThat(mod.match().mask()[Field.IPV6_DST.word() + 1]).isZero();
        assertThat(mod.instructions())
                .isEqualTo(new Instructions(
                        0,
                        List.of(
                                Action.SetField.of(Field.ETH_SRC, 0x02_00_00_00_00_01L),
                                new Action.DecNwTtl(),
                                new Action.Output(0xFFFFFFFD, 0xFFFF)),
                        false,
                        List.of(),
                        0,
                        0,
                        3));
    }

    @Test
    void readsRegLoadUnderAPrefix() {
        ByteBuf m = Unpooled.buffer();
        OF13.buildFlowAdd()
                .setMatch(OF13.buildMatch()
                        .setExact(MatchField.ETH_TYPE, EthType.IPv4)
                        .setMasked(MatchField.IPV4_DST, IPv4AddressWithMask.of("192.168.3.0/24"))
                        .build())
                .build()
                .writeTo(m);
        // apply-actions with load:0xc0a802->NXM_OF_IP_DST[8..31], as Open vSwitch and Natator write it
        m.writeShort(4).writeShort(32).writeInt(0);
        m.writeShort(0xFFFF).writeShort(24).writeInt(0x2320).writeShort(7).writeShort(8 << 6 | 23);
        m.writeInt(0x00001004).writeLong(0xC0A802L);
        m.setShort(2, m.writerIndex());
        assertThat(decode(m).instructions().apply())
                .containsExactly(new Action.SetField(Field.IPV4_DST, 0, 0xC0A80200L, -1L, 0xFFFFFF00L));
    }

    private FlowMod decode(ByteBuf m) {
        byte[] b = new byte[m.readableBytes()];
        m.readBytes(b);
        return switch (decoder.modification(b, 0, b.length, MessageType.FLOW_MOD)) {
            case Decoded.Ok<Modification>(Modification mod) -> (FlowMod) mod;
            case Decoded.Refused<Modification>(var refusal) -> throw new AssertionError(refusal);
        };
    }

    private static long value(Match match, Field field) {
        return (match.value()[field.word()] >>> field.shift()) & field.ones();
    }

    /** Cut short anywhere, and with any octet changed: refused or read, and never an exception. */
    @Test
    void survivesDamage() {
        Random random = new Random(seed());
        RandomRules rules = new RandomRules(random);
        for (int i = 0; i < 300; i++) {
            byte[] b = octets(rules.next());
            for (int length = Message.HEADER; length < b.length; length++) {
                byte[] cut = java.util.Arrays.copyOf(b, length);
                Decoded<Modification> decoded = decoder.modification(cut, 0, length, MessageType.FLOW_MOD);
                if (length < Message.HEADER + 48) {
                    assertThat(decoded).isInstanceOf(Decoded.Refused.class);
                }
            }
            for (int n = 0; n < 200; n++) {
                byte[] damaged = b.clone();
                damaged[Message.HEADER + random.nextInt(b.length - Message.HEADER)] = (byte) random.nextInt();
                assertThat(decoder.modification(damaged, 0, b.length, MessageType.FLOW_MOD))
                        .isNotNull();
            }
        }
    }
}
