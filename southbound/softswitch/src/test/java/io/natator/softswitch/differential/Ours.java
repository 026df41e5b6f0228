package io.natator.softswitch.differential;

import io.natator.softswitch.datapath.DatapathConfig;
import io.natator.softswitch.datapath.Switch;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Modification.Command;
import io.natator.softswitch.flow.Modification.FlowCommand;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Modification.GroupMod;
import io.natator.softswitch.flow.Modification.GroupType;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import io.natator.softswitch.io.memory.MemoryIdle;
import io.natator.softswitch.io.memory.MemoryPort;
import io.natator.softswitch.trace.Arrival;
import java.util.ArrayList;
import java.util.List;

/** This switch, between ports in memory, turned by the test. */
final class Ours implements AutoCloseable {
    private final Switch datapath = new Switch(DatapathConfig.DEFAULT, new MemoryIdle());
    private final List<MemoryPort> ports = new ArrayList<>();
    private long now;

    Ours(int count) {
        for (int i = 1; i <= count; i++) {
            MemoryPort port = new MemoryPort("p" + i);
            ports.add(port);
            if (!datapath.attach(i, port)) {
                throw new IllegalStateException("no room for a request");
            }
        }
        turn();
    }

    private void turn() {
        do {
            now += 1_000_000;
        } while (datapath.turn(now));
    }

    /** Replaces all rules and groups. */
    void install(List<Modification> mods) {
        List<Modification> all = new ArrayList<>();
        all.add(new FlowMod(
                FlowCommand.DELETE,
                Ports.TABLE_ALL,
                0,
                0,
                0,
                0,
                0,
                Ports.ANY,
                Ports.GROUP_ANY,
                0,
                Match.ANY,
                Instructions.NONE));
        all.add(new GroupMod(Command.DELETE, GroupType.ALL, Ports.GROUP_ALL, List.of()));
        all.addAll(mods);
        Reply reply = ask(new Request.Transaction(all));
        if (!(reply instanceof Reply.Done done) || !done.refused().isEmpty()) {
            throw new IllegalStateException("refused: " + reply);
        }
    }

    private Reply ask(Request request) {
        List<Reply> replies = new ArrayList<>();
        if (!datapath.ask(request, replies::add)) {
            throw new IllegalStateException("no room for a request");
        }
        turn();
        return replies.getLast();
    }

    void send(int port, byte[] frame) {
        ports.get(port - 1).arrive(frame);
    }

    /** What has left since the last time. */
    List<Departure> poll() {
        turn();
        List<Departure> left = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            for (byte[] frame : ports.get(i).takeAll()) {
                left.add(new Departure(i + 1, frame));
            }
        }
        return left;
    }

    /** What it would do with a frame. */
    String trace(Arrival arrival) {
        return ask(new Request.Trace(arrival.inPort(), arrival.frame())) instanceof Reply.Trace(List<String> lines)
                ? String.join("\n", lines)
                : "no trace";
    }

    @Override
    public void close() {
        datapath.close();
    }
}
