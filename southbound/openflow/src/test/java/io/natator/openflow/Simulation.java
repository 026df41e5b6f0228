package io.natator.openflow;

import io.natator.model.rule.Rule;
import io.natator.openflow.codec.Framing;
import io.natator.openflow.reconcile.RuleTable;
import io.natator.openflow.session.Datapath;
import io.natator.openflow.session.Link;
import io.natator.openflow.session.SwitchSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A session and a {@link FakeSwitch} with a clock of their own: minutes pass in no time. */
final class Simulation {
    private static final Duration TICK = Duration.ofMillis(100);

    final EventLog events = new EventLog();
    final Counts counts = new Counts();
    final OpenFlowConfig config = OpenFlowConfig.at(InetSocketAddress.createUnresolved("localhost", 0));
    final FakeSwitch device;
    final Datapath datapath;
    SwitchSession session;
    boolean open;
    boolean blocked;

    private final Deque<ByteBuf> toSwitch = new ArrayDeque<>();
    private final Deque<ByteBuf> toController = new ArrayDeque<>();
    private long now = 1_000_000_000L;

    Simulation(long datapathId) {
        device = new FakeSwitch(datapathId);
        datapath = new Datapath(datapathId, TestRules.device("edge", datapathId));
    }

    void connect() {
        connectSilently();
        toController.add(device.hello());
        settle();
    }

    /** The switch has said nothing yet. */
    void connectSilently() {
        toSwitch.clear();
        toController.clear();
        open = true;
        session = new SwitchSession(new FakeLink(), (_, s) -> admit(s), config, counts, events, now);
    }

    private Optional<Datapath> admit(SwitchSession s) {
        datapath.session(s);
        return Optional.of(datapath);
    }

    void disconnect() {
        open = false;
        session.closed("connection closed by the switch");
    }

    void desire(long generation, List<Rule> rules) {
        RuleTable table = RuleTable.encode(TestRules.set(generation, rules));
        datapath.desired(table);
        session.desire(table, now);
        settle();
    }

    void fromSwitch(ByteBuf message) {
        toController.add(message);
        settle();
    }

    long now() {
        return now;
    }

    /** Lets time pass, tick by tick. */
    void pass(Duration duration) {
        long end = now + duration.toNanos();
        while (now < end) {
            now += TICK.toNanos();
            if (open) {
                session.tick(now);
            }
            settle();
        }
    }

    /** Delivers messages until nobody has anything to say. */
    private void settle() {
        while (open && !(toSwitch.isEmpty() && toController.isEmpty())) {
            while (!toSwitch.isEmpty()) {
                ByteBuf bytes = toSwitch.poll();
                int length = Framing.next(bytes);
                while (length > 0) {
                    ByteBuf message = Unpooled.copiedBuffer(bytes.readSlice(length));
                    toController.addAll(device.receive(message));
                    length = Framing.next(bytes);
                }
            }
            while (open && !toController.isEmpty()) {
                session.onMessage(toController.poll(), now);
            }
        }
    }

    private final class FakeLink implements Link {
        @Override
        public ByteBuf buffer() {
            return Unpooled.buffer();
        }

        @Override
        public void send(ByteBuf messages) {
            toSwitch.add(messages);
        }

        @Override
        public boolean writable() {
            return !blocked;
        }

        @Override
        public void close() {
            open = false;
        }

        @Override
        public String peer() {
            return "fake";
        }
    }
}
