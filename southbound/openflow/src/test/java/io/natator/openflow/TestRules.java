package io.natator.openflow;

import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.proof.ProbeCase;
import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Match;
import io.natator.model.rule.Move;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.instructions.Instructions;

/** Rules and devices for tests, in the shape that the compiler gives them. */
final class TestRules {
    static final IpPrefix INSIDE = IpPrefix.valueOf("192.168.2.0/24");
    static final IpPrefix OUTSIDE = IpPrefix.valueOf("192.168.3.0/24");
    private static final IpPrefix INSIDE6 = IpPrefix.valueOf("2001:db8:a::/48");
    private static final IpPrefix OUTSIDE6 = IpPrefix.valueOf("2001:db8:b:c::/72");

    private TestRules() {}

    static Device device(String id, long datapathId) {
        return new Device(
                id,
                datapathId,
                Device.Mode.TRANSPARENT,
                Device.Profile.AUTO,
                List.of(port("1", DevicePort.Side.INSIDE), port("2", DevicePort.Side.OUTSIDE)),
                List.of(),
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }

    private static DevicePort port(String number, DevicePort.Side side) {
        return new DevicePort(number, side, Optional.empty(), List.of(), Optional.empty());
    }

    /** One of every kind of match and action that rules of the compiler have. */
    static List<Rule> everyKind() {
        List<Rule> rules = new ArrayList<>(transparent());
        rules.add(new Rule(
                "v6",
                1,
                100,
                Match.any().metadata(2).ip(false).address(AddressField.IPV6_DST, OUTSIDE6),
                Actions.setThen(
                        AddressField.IPV6_DST, IpPrefix.valueOf("2001:db8:a::/72"), Actions.metadataThenGoTo(4, 2))));
        rules.add(new Rule(
                "v6",
                2,
                100,
                Match.any().metadata(1).ip(false).address(AddressField.IPV6_SRC, INSIDE6),
                Actions.setThen(AddressField.IPV6_SRC, IpPrefix.valueOf("2001:db8:b::/48"), Actions.goTo(3))));
        rules.add(new Rule(
                "v6",
                2,
                110,
                Match.any().icmpv6(135).address(AddressField.ND_TARGET, INSIDE6),
                Actions.setThen(AddressField.ND_TARGET, IpPrefix.valueOf("2001:db8:b::/48"), Actions.goTo(3))));
        rules.add(new Rule(
                "v6",
                2,
                111,
                Match.any().icmpv6(136).address(AddressField.ND_TARGET, IpPrefix.valueOf("2001:db8::1/128")),
                Actions.setThen(AddressField.ND_TARGET, IpPrefix.valueOf("2001:db8::2/128"), Actions.goTo(3))));
        rules.add(new Rule(
                "arp",
                2,
                100,
                Match.any()
                        .metadata(1)
                        .arp()
                        .address(AddressField.ARP_SPA, INSIDE)
                        .address(AddressField.ARP_TPA, INSIDE),
                Actions.setThen(
                        AddressField.ARP_SPA,
                        OUTSIDE,
                        Actions.setThen(AddressField.ARP_TPA, OUTSIDE, Actions.goTo(3)))));
        MacAddress mac = MacAddress.valueOf("02:00:00:00:00:01");
        rules.add(new Rule(
                "",
                0,
                300,
                Match.any().inPort(1).arp().arpOp(1).address(AddressField.ARP_TPA, IpPrefix.valueOf("192.168.2.1/32")),
                Actions.apply(
                        Actions.move(Move.Field.ETH_SRC, Move.Field.ETH_DST),
                        Instructions.modL2Src(mac),
                        Instructions.modL3ArpOp((short) 2),
                        Actions.move(Move.Field.ARP_SHA, Move.Field.ARP_THA),
                        Instructions.modArpSha(mac),
                        Actions.move(Move.Field.ARP_SPA, Move.Field.ARP_TPA),
                        Actions.setAddress(AddressField.ARP_SPA, IpPrefix.valueOf("192.168.2.1/32")),
                        Instructions.createOutput(PortNumber.IN_PORT))));
        rules.add(new Rule(
                "", 0, 290, Match.any().inPort(1).ethDst(mac).ip(true).ttl(1), Actions.output(PortNumber.CONTROLLER)));
        rules.add(new Rule(
                "",
                3,
                50,
                Match.any().ip(true).address(AddressField.IPV4_DST, IpPrefix.valueOf("10.0.0.0/8")),
                Actions.apply(
                        Instructions.modL2Src(mac),
                        Instructions.modL2Dst(MacAddress.valueOf("02:00:00:00:00:02")),
                        Instructions.decNwTtl(),
                        Instructions.createOutput(PortNumber.portNumber(2)))));
        rules.add(new Rule("", 3, 1, Match.any().ip(false), Actions.output(PortNumber.NORMAL)));
        rules.add(new Rule(
                "",
                3,
                60,
                Match.any().metadata(16),
                Actions.output(PortNumber.NORMAL).after(Actions.setInPort(1))));
        rules.add(new Rule("", 3, 0, Match.any(), Actions.drop()));
        return rules;
    }

    /** The four tables of one translated /24 between ports 1 (inside) and 2 (outside). */
    static List<Rule> transparent() {
        List<Rule> rules = new ArrayList<>();
        rules.add(new Rule("", 0, 100, Match.any().inPort(1), Actions.metadataThenGoTo(1, 1)));
        rules.add(new Rule("", 0, 100, Match.any().inPort(2), Actions.metadataThenGoTo(2, 1)));
        rules.add(new Rule("", 1, 0, Match.any(), Actions.goTo(2)));
        rules.add(new Rule("", 2, 0, Match.any(), Actions.goTo(3)));
        rules.add(new Rule(
                "office",
                1,
                100,
                Match.any().metadata(2).ip(true).address(AddressField.IPV4_DST, OUTSIDE),
                Actions.setThen(AddressField.IPV4_DST, INSIDE, Actions.metadataThenGoTo(4, 2))));
        rules.add(new Rule(
                "office",
                2,
                100,
                Match.any().metadata(1).ip(true).address(AddressField.IPV4_SRC, INSIDE),
                Actions.setThen(AddressField.IPV4_SRC, OUTSIDE, Actions.goTo(3))));
        rules.add(new Rule("", 3, 65000, Match.any().ethSrc(ProbeCase.MAC), Actions.output(PortNumber.CONTROLLER)));
        rules.add(new Rule("", 3, 100, Match.any().inPort(1), Actions.output(2)));
        rules.add(new Rule("", 3, 100, Match.any().inPort(2), Actions.output(1)));
        return rules;
    }

    /** {@code n} rules, one a host, as the exact profile has them; at most 2^24. */
    static List<Rule> perHost(int n) {
        List<Rule> rules = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            byte[] inside = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
            byte[] outside = {11, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
            rules.add(new Rule(
                    "hosts",
                    2,
                    100,
                    Match.any()
                            .metadata(1)
                            .ip(true)
                            .address(AddressField.IPV4_SRC, IpPrefix.valueOf(IpAddress.Version.INET, inside, 32)),
                    Actions.setThen(
                            AddressField.IPV4_SRC,
                            IpPrefix.valueOf(IpAddress.Version.INET, outside, 32),
                            Actions.goTo(3))));
        }
        return rules;
    }

    static RuleSet set(long generation, List<Rule> rules) {
        return new RuleSet(generation, rules);
    }
}
