package io.natator.softswitch.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Refusal;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import io.natator.softswitch.io.memory.MemoryIdle;
import io.natator.softswitch.io.memory.MemoryPort;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A switch with ports in memory, on the thread and the clock of a test. */
final class TestSwitch implements AutoCloseable {
    static final long SECOND = 1_000_000_000L;

    final Switch datapath;
    final List<MemoryPort> ports = new ArrayList<>();
    final List<Event> events = new ArrayList<>();
    long now = 1;

    TestSwitch(int ports) {
        this(ports, new DatapathConfig(Profile.FULL, 1_000_000, 1_000_000));
    }

    TestSwitch(int count, DatapathConfig config) {
        datapath = new Switch(config, new MemoryIdle());
        datapath.listen(events::add);
        for (int i = 1; i <= count; i++) {
            MemoryPort port = new MemoryPort("p" + i);
            ports.add(port);
            datapath.attach(i, port);
        }
        turn();
        events.clear();
    }

    void turn() {
        datapath.turn(now);
    }

    /** Time passes, and what is due is done. */
    void pass(long nanos) {
        now += nanos;
        turn();
    }

    List<Reply> ask(Request request) {
        List<Reply> replies = new ArrayList<>();
        assertThat(datapath.ask(request, replies::add)).isTrue();
        for (int turns = 0; turns < 10_000 && !isAnswered(replies); turns++) {
            turn();
        }
        return replies;
    }

    private static boolean isAnswered(List<Reply> replies) {
        return !replies.isEmpty()
                && !(replies.getLast() instanceof Reply.Flows(List<Reply.Flow> _, boolean last) && !last);
    }

    /** Makes changes that must not be refused. */
    void change(Modification... changes) {
        assertThat(ask(new Request.Modify(List.of(changes)))).isEqualTo(List.of(new Reply.Done(List.of())));
    }

    /** Makes a change that must be refused. */
    Refusal refused(Modification change) {
        Reply.Done done = (Reply.Done) ask(new Request.Modify(List.of(change))).getFirst();
        assertThat(done.refused()).hasSize(1);
        return done.refused().getFirst().refusal();
    }

    List<Reply.Flow> flows() {
        List<Reply.Flow> all = new ArrayList<>();
        for (Reply reply : ask(new Request.FlowStats(everything()))) {
            all.addAll(((Reply.Flows) reply).flows());
        }
        return all;
    }

    static Request.Filter everything() {
        return new Request.Filter(Ports.TABLE_ALL, Ports.ANY, Ports.GROUP_ANY, 0, 0, Match.ANY);
    }

    long counter(String name) {
        Reply.Counters counters = (Reply.Counters) ask(new Request.Counters()).getFirst();
        return counters.counters().stream()
                .filter(counter -> counter.name().equals(name))
                .findAny()
                .orElseThrow()
                .value();
    }

    /** A packet comes; what leaves, as {@link Reference#process} tells it. */
    Map<Integer, List<String>> send(int inPort, byte[] octets) {
        ports.get(inPort - 1).arrive(octets);
        turn();
        return sent();
    }

    Map<Integer, List<String>> sent() {
        Map<Integer, List<String>> sent = new TreeMap<>();
        for (int i = 0; i < ports.size(); i++) {
            List<byte[]> left = ports.get(i).takeAll();
            if (!left.isEmpty()) {
                sent.put(i + 1, left.stream().map(HexFormat.of()::formatHex).toList());
            }
        }
        List<String> told = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.PacketIn in) {
                told.add(Reference.told(
                        in.reason().name(),
                        in.table(),
                        in.cookie(),
                        Key.get(in.key(), Field.METADATA),
                        in.totalLength(),
                        HexFormat.of().formatHex(in.data())));
            }
        }
        if (!told.isEmpty()) {
            sent.put(Ports.CONTROLLER, told);
        }
        events.clear();
        return sent;
    }

    @Override
    public void close() {
        datapath.close();
    }
}
