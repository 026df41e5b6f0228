package io.natator.softswitch.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Modification.Band;
import io.natator.softswitch.flow.Modification.Bucket;
import io.natator.softswitch.flow.Modification.Command;
import io.natator.softswitch.flow.Modification.FlowCommand;
import io.natator.softswitch.flow.Modification.GroupMod;
import io.natator.softswitch.flow.Modification.GroupType;
import io.natator.softswitch.flow.Modification.MeterMod;
import io.natator.softswitch.flow.Modification.PortMod;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.io.Batch;
import io.natator.softswitch.io.LinkState;
import io.natator.softswitch.io.PortCounters;
import io.natator.softswitch.io.PortIo;
import io.natator.softswitch.io.memory.MemoryIdle;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups, meters, reserved ports, what controllers send, and that packets of known flows cost no memory. */
class ForwardingTest {
    private static final byte[] PACKET = Frames.udp(11 << 24, 10 << 24 | 1, 1000, 53);

    private final TestSwitch lab = new TestSwitch(4);

    @AfterEach
    void close() {
        lab.close();
    }

    private void rule(int priority, Match match, Action... actions) {
        lab.change(Rules.flow(FlowCommand.ADD, 0, priority, match, Rules.apply(actions)));
    }

    private static Bucket bucket(int weight, int watchPort, Action... actions) {
        return new Bucket(weight, watchPort, Ports.GROUP_ANY, List.of(actions));
    }

    private void linkDown(int port) {
        LinkState up = lab.ports.get(port - 1).link();
        lab.ports.get(port - 1).link(new LinkState(up.name(), true, up.mac(), up.mtu(), true, false, up.speedKbit()));
        lab.pass(10_000_000);
    }

    @Test
    void failoverTakesTheFirstLiveBucket() {
        lab.change(new GroupMod(
                Command.ADD,
                GroupType.FAST_FAILOVER,
                1,
                List.of(bucket(0, 2, Rules.output(2)), bucket(0, 3, Rules.output(3)))));
        rule(1, Match.ANY, new Action.Group(1));
        assertThat(lab.send(1, PACKET)).containsOnlyKeys(2);
        linkDown(2);
        assertThat(lab.events).hasSize(1);
        lab.events.clear();
        assertThat(lab.send(1, PACKET)).containsOnlyKeys(3);
        linkDown(3);
        lab.events.clear();
        assertThat(lab.send(1, PACKET)).isEmpty();
        assertThat(lab.counter("group_no_live_bucket")).isEqualTo(1);
    }

    @Test
    void selectSpreadsFlowsByWeightAndKeepsEachTogether() {
        lab.change(new GroupMod(
                Command.ADD,
                GroupType.SELECT,
                1,
                List.of(
                        bucket(3, Ports.ANY, Rules.output(2)),
                        bucket(1, Ports.ANY, Rules.output(3)),
                        bucket(0, Ports.ANY, Rules.output(4)))));
        rule(1, Match.ANY, new Action.Group(1));
        int[] sent = new int[5];
        for (int flow = 0; flow < 1000; flow++) {
            byte[] packet = Frames.udp(11 << 24, 10 << 24, flow, 53);
            Map<Integer, List<String>> first = lab.send(1, packet);
            assertThat(lab.send(1, packet)).isEqualTo(first);
            sent[first.keySet().iterator().next()]++;
        }
        assertThat(sent[2]).isBetween(680, 820);
        assertThat(sent[2] + sent[3]).isEqualTo(1000);
    }

    @Test
    void groupsMustNotLoop() {
        lab.change(new GroupMod(Command.ADD, GroupType.INDIRECT, 1, List.of(bucket(0, Ports.ANY))));
        lab.change(
                new GroupMod(Command.ADD, GroupType.INDIRECT, 2, List.of(bucket(0, Ports.ANY, new Action.Group(1)))));
        Modification loop =
                new GroupMod(Command.MODIFY, GroupType.INDIRECT, 1, List.of(bucket(0, Ports.ANY, new Action.Group(2))));
        assertThat(lab.refused(loop).code()).isEqualTo(7);
        assertThat(lab.refused(new GroupMod(Command.DELETE, GroupType.ALL, 1, List.of()))
                        .code())
                .isEqualTo(9);
        rule(1, Match.ANY, new Action.Group(2));
        lab.change(new GroupMod(Command.DELETE, GroupType.ALL, Ports.GROUP_ALL, List.of()));
        assertThat(lab.flows()).isEmpty();
    }

    @Test
    void aMeterDropsWhatIsTooMuch() {
        lab.change(new MeterMod(Command.ADD, 2 | 4, 1, List.of(new Band.Drop(10, 5))));
        Instructions metered = new Instructions(1, List.of(Rules.output(2)), false, List.of(), 0, 0, -1);
        lab.change(Rules.flow(FlowCommand.ADD, 0, 1, Match.ANY, metered));
        assertThat(sentOf(20)).isEqualTo(5);
        lab.now += TestSwitch.SECOND / 2;
        assertThat(sentOf(20)).isEqualTo(5);
        assertThat(lab.counter("metered")).isEqualTo(30);
        assertThat(lab.flows().getFirst().packets()).isEqualTo(40);
    }

    private int sentOf(int packets) {
        int sent = 0;
        for (int i = 0; i < packets; i++) {
            sent += lab.send(1, PACKET).size();
        }
        return sent;
    }

    @Test
    void aMeterRemarksAndTheNextTableSeesIt() {
        lab.change(new MeterMod(Command.ADD, 2 | 4, 1, List.of(new Band.DscpRemark(1, 1, 1))));
        Match ip = Rules.match(Field.ETH_TYPE, 0x0800);
        lab.change(
                Rules.flow(
                        FlowCommand.ADD,
                        0,
                        1,
                        ip,
                        new Instructions(0, List.of(Action.SetField.of(Field.IP_DSCP, 10)), false, List.of(), 0, 0, 1)),
                Rules.flow(FlowCommand.ADD, 1, 1, ip, new Instructions(1, List.of(), false, List.of(), 0, 0, 2)),
                Rules.flow(
                        FlowCommand.ADD,
                        2,
                        1,
                        Rules.match(Field.ETH_TYPE, 0x0800, Field.IP_DSCP, 10),
                        Rules.apply(Rules.output(2))),
                Rules.flow(
                        FlowCommand.ADD,
                        2,
                        2,
                        Rules.match(Field.ETH_TYPE, 0x0800, Field.IP_DSCP, 12),
                        Rules.apply(Rules.output(3))));
        assertThat(lab.send(1, PACKET)).containsOnlyKeys(2);
        assertThat(lab.send(1, PACKET)).containsOnlyKeys(3);
        assertThat(lab.send(1, PACKET)).containsOnlyKeys(3);
    }

    @Test
    void whatWasSentStaysAsItWas() {
        rule(
                1,
                Rules.match(Field.ETH_TYPE, 0x0800),
                Rules.output(2),
                Action.SetField.of(Field.ETH_DST, 0xFFFF_FFFF_FFFFL),
                Rules.output(3),
                new Action.PushVlan(0x8100),
                Rules.output(4));
        for (int i = 0; i < 2; i++) {
            Map<Integer, List<String>> sent = lab.send(1, PACKET);
            String plain = HexFormat.of().formatHex(PACKET);
            assertThat(sent.get(2)).containsExactly(plain);
            assertThat(sent.get(3)).containsExactly("ffffffffffff" + plain.substring(12));
            assertThat(sent.get(4))
                    .containsExactly("ffffffffffff" + plain.substring(12, 24) + "81000000" + plain.substring(24));
        }
    }

    @Test
    void normalLearnsWhereAddressesAre() {
        rule(1, Match.ANY, Rules.output(Ports.NORMAL));
        byte[] there = PACKET;
        byte[] back = PACKET.clone();
        System.arraycopy(there, 0, back, 6, 6);
        System.arraycopy(there, 6, back, 0, 6);
        assertThat(lab.send(1, there)).containsOnlyKeys(2, 3, 4);
        assertThat(lab.send(3, back)).containsOnlyKeys(1);
        assertThat(lab.send(1, there)).containsOnlyKeys(3);
        assertThat(lab.send(3, there)).isEmpty(); // moved: its destination is where it came from
        assertThat(lab.counter("normal_same_port")).isEqualTo(1);
        lab.now += 301 * TestSwitch.SECOND;
        assertThat(lab.send(1, there)).containsOnlyKeys(2, 3, 4);
    }

    @Test
    void aPortThatIsClosedNeitherTakesNorGives() {
        rule(1, Match.ANY, Rules.output(Ports.FLOOD));
        lab.change(new PortMod(2, lab.ports.get(1).link().mac(), 32, 32, 0));
        lab.events.clear();
        assertThat(lab.send(1, PACKET)).containsOnlyKeys(3, 4);
        assertThat(lab.counter("output_port_blocked")).isEqualTo(1);
        lab.change(new PortMod(1, lab.ports.get(0).link().mac(), 4, 4, 0));
        lab.events.clear();
        assertThat(lab.send(1, PACKET)).isEmpty();
        assertThat(lab.counter("receive_port_blocked")).isEqualTo(1);
        assertThat(lab.refused(new PortMod(3, 1, 0, 1, 0)).code()).isEqualTo(1);
        assertThat(lab.refused(new PortMod(9, 1, 0, 1, 0)).code()).isZero();
    }

    @Test
    void controllersSendThroughTheTablesOrPastThem() {
        rule(1, Rules.match(Field.IN_PORT, 4), Rules.output(3));
        Request past =
                new Request.PacketOut(Ports.CONTROLLER, List.of(Rules.output(2), Rules.output(Ports.FLOOD)), PACKET);
        assertThat(lab.ask(past)).isEqualTo(List.of(new Reply.Done(List.of())));
        Map<Integer, List<String>> sent = lab.sent();
        assertThat(sent).containsOnlyKeys(1, 2, 3, 4);
        assertThat(sent.get(2)).hasSize(2);
        lab.ask(new Request.PacketOut(4, List.of(Rules.output(Ports.TABLE)), PACKET));
        assertThat(lab.sent()).containsOnlyKeys(3);
        Reply.Done runt = (Reply.Done)
                lab.ask(new Request.PacketOut(4, List.of(), new byte[13])).getFirst();
        assertThat(runt.refused()).hasSize(1);
    }

    @Test
    void controllersGetNoMorePacketsThanTheyCanBear() {
        try (TestSwitch slow = new TestSwitch(2, new DatapathConfig(Profile.FULL, 10, 3))) {
            slow.change(
                    Rules.flow(FlowCommand.ADD, 0, 0, Match.ANY, Rules.apply(new Action.Output(Ports.CONTROLLER, 20))));
            for (int i = 0; i < 10; i++) {
                slow.ports.getFirst().arrive(PACKET);
            }
            slow.turn();
            assertThat(slow.events).hasSize(3);
            Event.PacketIn in = (Event.PacketIn) slow.events.getFirst();
            assertThat(in.reason()).isEqualTo(Event.PacketInReason.NO_MATCH);
            assertThat(in.data()).hasSize(20);
            assertThat(in.totalLength()).isEqualTo(60);
            assertThat(slow.counter("packets_in_over_limit")).isEqualTo(7);
        }
    }

    @Test
    void aTraceTellsTheWay() {
        lab.change(Rules.flow(
                FlowCommand.ADD,
                0,
                7,
                Rules.match(Field.ETH_TYPE, 0x0800),
                new Instructions(
                        0, List.of(Action.SetField.of(Field.IPV4_DST, 0xC0A80001L)), false, List.of(), 0, 0, 1)));
        rule(1, Match.ANY);
        lab.change(Rules.flow(FlowCommand.ADD, 1, 5, Match.ANY, Rules.apply(Rules.output(2))));
        List<String> lines =
                ((Reply.Trace) lab.ask(new Request.Trace(1, PACKET)).getFirst()).lines();
        assertThat(String.join("\n", lines))
                .contains("table 0: priority 7", "becomes nw_dst=192.168.0.1", "table 1: priority 5", "=> port 2: ");
        assertThat(lab.sent()).isEmpty();
        assertThat(lab.flows()).allSatisfy(flow -> assertThat(flow.packets()).isZero());
    }

    @Test
    void packetsOfKnownFlowsAllocateNothing() {
        Stream port = new Stream(PACKET);
        try (Switch datapath = new Switch(DatapathConfig.DEFAULT, new MemoryIdle())) {
            datapath.attach(1, port);
            datapath.attach(2, new Stream(PACKET));
            List<Reply> replies = new ArrayList<>();
            Action rewrite = Action.SetField.of(Field.IPV4_DST, 0xC0A80001L);
            Modification add = Rules.flow(
                    FlowCommand.ADD,
                    0,
                    1,
                    Rules.match(Field.ETH_TYPE, 0x0800, Field.IN_PORT, 1),
                    Rules.apply(rewrite, new Action.DecNwTtl(), Rules.output(2), Rules.output(1)));
            datapath.ask(new Request.Modify(List.of(add)), replies::add);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            for (int turn = 0; turn < 2000; turn++) {
                datapath.turn(turn * 1_000_000L);
            }
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 10; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int turn = 0; turn < 1000; turn++) {
                    datapath.turn((3000 + turn) * 1_000_000L);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            // Less than an octet for each of 64,000 packets.
            assertThat(least).isLessThan(64_000);
            assertThat(port.sent + port.received).isPositive();
        }
    }

    /** Always has the same packet again, 64 of it at a time. */
    private static final class Stream implements PortIo {
        private static final LinkState UP = new LinkState("stream", true, 2, 1500, true, true, 0);
        private static final int SLOT = 256;

        private final byte[] packet;
        private final MemorySegment memory = Arena.ofAuto().allocate(SLOT * Batch.CAPACITY, 64);
        private long received;
        private long sent;

        Stream(byte[] packet) {
            this.packet = packet;
        }

        @Override
        public int receive(Batch batch) {
            batch.clear();
            for (int i = 0; i < Batch.CAPACITY; i++) {
                Frame frame = batch.add();
                int at = SLOT * i + SLOT / 2;
                MemorySegment.copy(packet, 0, memory, ValueLayout.JAVA_BYTE, at, packet.length);
                frame.address = memory.address() + at;
                frame.length = packet.length;
                frame.headroom = SLOT / 4;
                frame.tailroom = 0;
                frame.plain();
            }
            received += batch.count();
            return batch.count();
        }

        @Override
        public void release() {}

        @Override
        public boolean queue(Frame frame) {
            sent++;
            return true;
        }

        @Override
        public void flush() {}

        @Override
        public PortCounters counters() {
            return new PortCounters(received, 0, sent, 0, 0, 0, 0, 0, 0);
        }

        @Override
        public LinkState link() {
            return UP;
        }

        @Override
        public void close() {}
    }
}
