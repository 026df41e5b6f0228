package io.natator.openflow.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Cookie;
import io.natator.model.rule.Match;
import io.natator.model.rule.Rule;
import io.natator.model.session.Share;
import io.natator.openflow.codec.RuleEncoder.Encoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;

class RuleCodecTest {
    /**
     * What ovs-vswitchd 3.1.0 answers to OFPMP_FLOW of OpenFlow 1.4 for
     * {@code table=1,priority=6,cookie=0x4e40000000000001,metadata=1,ip,nw_dst=10.0.0.0/24,nw_ttl=1
     * actions=load:0xa0102->NXM_OF_IP_SRC[8..31],dec_ttl,write_metadata:0x3,goto_table:3}.
     */
    private static final String FROM_OPEN_VSWITCH =
            "00a001000000001625ab8e000006000000000000000000004e400000000000010000000000000000000000000000000000010027"
                    + "80000a020800800019080a000000ffffff0000013a010180000408000000000000000100"
                    + "0004002800000000ffff0018000023200007021700000e0400000000000a0102001800080000000000020018"
                    + "000000000000000000000003ffffffffffffffff0001000803000000";

    private static EncodedRule encode(Rule rule) {
        return ((Encoding.Encoded) new RuleEncoder().encode(rule)).rule();
    }

    private static List<FlowEntry> read(String entries) {
        byte[] body = HexFormat.of().parseHex(entries);
        ByteBuf m = Unpooled.buffer();
        int start = Header.begin(m, Wire.VERSION_14, Wire.MULTIPART_REPLY, 1);
        m.writeShort(Wire.MP_FLOW).writeShort(0).writeInt(0).writeBytes(body);
        Header.end(m, start);
        List<FlowEntry> read = new ArrayList<>();
        assertThat(Multipart.readFlows(m, read)).isEmpty();
        return read;
    }

    @Test
    void aRefusedRuleTellsWhomItIsFor() {
        List<IpPrefix> addresses = List.of(
                IpPrefix.valueOf("10.0.0.7/32"),
                IpPrefix.valueOf("10.0.0.0/9"),
                IpPrefix.valueOf("2001:db8::8000:0:0:0/65"),
                IpPrefix.valueOf("2001:db8::9/128"));
        Match arp = Match.any()
                .arp()
                .address(AddressField.ARP_SPA, addresses.get(0))
                .address(AddressField.ARP_TPA, addresses.get(1));
        Match ip = Match.any()
                .ip(false)
                .address(AddressField.IPV6_SRC, addresses.get(2))
                .address(AddressField.IPV6_DST, addresses.get(3));
        for (Match match : List.of(arp, ip)) {
            Rule rule = new Rule("x", 1, 6, match, Actions.drop());
            assertThat(encode(rule).failure("no").addresses())
                    .isEqualTo(match.equals(arp) ? addresses.subList(0, 2) : addresses.subList(2, 4));
        }
    }

    private static Rule sample() {
        return new Rule(
                "x",
                1,
                6,
                Match.any()
                        .metadata(1)
                        .ip(true)
                        .address(AddressField.IPV4_DST, IpPrefix.valueOf("10.0.0.0/24"))
                        .ttl(1),
                Actions.setThen(
                        AddressField.IPV4_SRC,
                        IpPrefix.valueOf("10.1.2.0/24"),
                        new Builder().decTtl().metadata(3).goTo(3)));
    }

    /** {@code dec_ttl, write_metadata, goto_table}, which the compiler never needs together. */
    private static final class Builder {
        private final List<org.onosproject.net.flow.instructions.Instruction> actions = new ArrayList<>();
        private long metadata;

        Builder decTtl() {
            actions.add(org.onosproject.net.flow.instructions.Instructions.decNwTtl());
            return this;
        }

        Builder metadata(long value) {
            metadata = value;
            return this;
        }

        Actions goTo(int table) {
            return Actions.metadataThenGoTo(metadata, table)
                    .after(actions.toArray(org.onosproject.net.flow.instructions.Instruction[]::new));
        }
    }

    @Test
    void whatOpenVSwitchAnswersIsWhatWasSent() {
        EncodedRule ours = encode(sample());
        EncodedRule theirs = read(FROM_OPEN_VSWITCH).getFirst().rule();
        assertThat(theirs).isEqualTo(ours);
        assertThat(theirs.table()).isEqualTo(1);
        assertThat(theirs.cookie()).isEqualTo(0x4E40_0000_0000_0001L);
        assertThat(theirs.sameEffect(ours)).isTrue();
        assertThat(ours.toString())
                .isEqualTo("table=1,priority=6,metadata=0x1,eth_type=0x800,ip_dst=10.0.0.0/24,nw_ttl=1"
                        + " actions=load:0xa0102->ip_src[8..31],dec_ttl,write_metadata:0x3,goto_table:3");
    }

    /** The cookie stands on devices while controllers come and go: it must never change for the same rule. */
    @Test
    void cookiesAreStable() {
        assertThat(Long.toHexString(encode(sample()).cookie())).isEqualTo("4e400786aecf81db");
        assertThat(Cookie.isOurs(encode(sample()).cookie())).isTrue();
    }

    @Test
    void anyDifferenceInContentIsAnotherCookie() {
        Rule rule = sample();
        List<Rule> others = List.of(
                new Rule("x", 2, 6, rule.selector(), rule.treatment()),
                new Rule("x", 1, 7, rule.selector(), rule.treatment()),
                new Rule("x", 1, 6, Match.any(), rule.treatment()),
                new Rule("x", 1, 6, rule.selector(), Actions.drop()));
        assertThat(others)
                .extracting(r -> encode(r).cookie())
                .doesNotContain(encode(rule).cookie())
                .doesNotHaveDuplicates();
    }

    @Test
    void maskedRewritesOfIpv6AreTwoLoads() {
        Actions actions =
                Actions.setThen(AddressField.IPV6_DST, IpPrefix.valueOf("2001:db8:0:2:ff00::/72"), Actions.drop());
        EncodedRule rule = encode(new Rule("", 0, 1, Match.any().ip(false), actions));
        assertThat(rule.toString())
                .endsWith("actions=load:0xff->ipv6_dst[56..63],load:0x20010db800000002->ipv6_dst[64..127]");
        assertThat(rule.needs(Trait.MASKED_SET_FIELD)).isTrue();
    }

    @Test
    void fullLengthIsSetField() {
        Actions actions = Actions.setThen(AddressField.IPV4_DST, IpPrefix.valueOf("10.0.0.1/32"), Actions.drop());
        EncodedRule rule = encode(new Rule("", 0, 1, Match.any().ip(true), actions));
        assertThat(rule.toString()).endsWith("actions=set_field:10.0.0.1->ip_dst");
        assertThat(rule.needs(Trait.MASKED_SET_FIELD)).isFalse();
    }

    @Test
    void natatorsOwnActionIsReadBackAsItWasWritten() {
        Actions actions = Actions.goTo(2).after(Actions.translate(7, Share.Direction.TO_OUTSIDE));
        EncodedRule rule = encode(new Rule("", 1, 1, Match.any().ip(true), actions));
        assertThat(HexFormat.of().formatHex(rule.instructions()))
                .isEqualTo("0004001800000000" + "ffff00104e4154000001010000000007" + "0001000802000000");
        assertThat(rule.toString()).endsWith("actions=translate(share=7,to-outside),goto_table:2");
        assertThat(rule.needs(Trait.TRANSLATE)).isTrue();
        assertThat(TranslateAction.read(rule.instructions(), 8, 16))
                .contains(new TranslateAction(7, Share.Direction.TO_OUTSIDE));
    }

    @Test
    void inPortIsSetAsAnyField() {
        Actions actions = Actions.output(PortNumber.NORMAL).after(Actions.setInPort(7));
        EncodedRule rule = encode(new Rule("", 3, 1, Match.any().metadata(16), actions));
        assertThat(HexFormat.of().formatHex(rule.instructions()))
                .isEqualTo("0004002800000000" + "00190010" + "00000002" + "0007" + "000000000000" + "00000010fffffffa"
                        + "0000000000000000");
        assertThat(rule.toString()).endsWith("actions=set_field:7->in_port,output:NORMAL");
        assertThat(rule.needs(Trait.SET_IN_PORT)).isTrue();
    }

    /** The same rewrite as one set-field, as two loads in either order, and by NXM or OXM names. */
    @Test
    void effectsAreComparedWhateverTheirForm() {
        List<byte[]> forms = List.of(
                instructions("0019001080001604" + "0a010203" + "00000000"),
                instructions(load("00000e04", 16, 16, 0x0A01), load("00000e04", 0, 16, 0x0203)),
                instructions(load("80001604", 0, 16, 0x0203), load("00000e04", 16, 16, 0x0A01)));
        byte[] canonical = Instructions.canonical(forms.getFirst());
        assertThat(forms).allSatisfy(f -> assertThat(Instructions.canonical(f)).isEqualTo(canonical));
        assertThat(Instructions.canonical(instructions(load("00000e04", 16, 16, 0x0A01))))
                .isNotEqualTo(canonical);
    }

    private static String load(String field, int offset, int bits, long value) {
        return String.format("ffff0018000023200007%04x%s%016x", offset << 6 | (bits - 1), field, value);
    }

    private static byte[] instructions(String... actions) {
        String all = String.join("", actions);
        return HexFormat.of().parseHex(String.format("0004%04x00000000", 8 + all.length() / 2) + all);
    }

    @Test
    void matchesAreComparedWhateverTheirOrder() {
        EncodedRule one =
                read("0050000000000000000000000006000000000000000000000000000000000001000000000000000000000000000000000001001e"
                                + "80000a020800800004080000000000000001800016040a000001" + "0000")
                        .getFirst()
                        .rule();
        EncodedRule other =
                read("0050000000000000000000000006000000000000000000000000000000000001000000000000000000000000000000000001001e"
                                + "800016040a00000180000a02080080000408000000000000000100" + "00")
                        .getFirst()
                        .rule();
        assertThat(one).isEqualTo(other);
    }

    @Test
    void whatCannotBeSaidIsNamed() {
        Rule deferred = new Rule(
                "x",
                0,
                1,
                Match.any(),
                DefaultTrafficTreatment.builder()
                        .deferred()
                        .setOutput(PortNumber.portNumber(1))
                        .build());
        assertThat(new RuleEncoder().encode(deferred))
                .isEqualTo(new Encoding.Unsupported(deferred, "write-actions are not supported"));
        Rule mixed = new Rule(
                "x",
                0,
                1,
                Match.any(),
                Actions.setThen(AddressField.IPV4_DST, IpPrefix.valueOf("2001:db8::/32"), Actions.drop()));
        assertThat(new RuleEncoder().encode(mixed)).isInstanceOf(Encoding.Unsupported.class);
    }

    @Test
    void brokenDumpsAreToldApart() {
        byte[] whole = HexFormat.of().parseHex(FROM_OPEN_VSWITCH);
        for (int cut = 1; cut < whole.length; cut++) {
            ByteBuf m = Unpooled.buffer();
            int start = Header.begin(m, Wire.VERSION_14, Wire.MULTIPART_REPLY, 1);
            m.writeShort(Wire.MP_FLOW).writeShort(0).writeInt(0).writeBytes(whole, 0, cut);
            Header.end(m, start);
            assertThat(Multipart.readFlows(m, new ArrayList<>()))
                    .as("cut at %d", cut)
                    .isNotEmpty();
        }
    }
}
