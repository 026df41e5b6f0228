package io.natator.softswitch.pipeline;

import io.natator.model.session.Share.Direction;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.flow.Event.PacketInReason;
import io.natator.softswitch.flow.Instructions;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.frame.Parser;
import io.natator.softswitch.frame.Reason;
import io.natator.softswitch.group.GroupTable;
import io.natator.softswitch.meter.MeterTable;
import io.natator.softswitch.program.ActionSet;
import io.natator.softswitch.program.Compiler;
import io.natator.softswitch.steps.Translator;
import io.natator.softswitch.table.FlowTables;
import io.natator.softswitch.table.Rule;
import io.natator.softswitch.text.InstructionText;
import io.natator.softswitch.text.MatchText;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What would become of a packet, table by table, for people. Sends nothing, counts nothing, and does not ask the cache. */
public final class Tracer {
    private static final int ROOM = 128;
    private static final int LONGEST = 0xFFFF;
    private static final int COPIES = 64;

    private final FlowTables tables;
    private final GroupTable groups;
    private final MeterTable meters;
    private final Translator translator;

    public Tracer(FlowTables tables, GroupTable groups, MeterTable meters, Translator translator) {
        this.tables = tables;
        this.groups = groups;
        this.meters = meters;
        this.translator = translator;
    }

    /** Follows a frame that comes in at {@code inPort}. */
    public List<String> trace(int inPort, byte[] octets) {
        if (octets.length > LONGEST) {
            return List.of("too long: " + octets.length + " octets");
        }
        try (Arena arena = Arena.ofConfined()) {
            long size = octets.length + 2L * ROOM;
            MemorySegment memory = arena.allocate(size * (COPIES + 1), 8);
            MemorySegment.copy(octets, 0, memory, ValueLayout.JAVA_BYTE, ROOM, octets.length);
            Frame frame = new Frame();
            frame.address = memory.address() + ROOM;
            frame.length = octets.length;
            frame.headroom = ROOM / 2;
            frame.tailroom = ROOM / 2;
            frame.inPort = inPort;
            return new Walk(new Scribe(memory.address() + size, size, COPIES)).follow(frame);
        }
    }

    private final class Walk {
        private final Scribe scribe;
        private final Headers headers = new Headers();
        private final long[] key = new long[Key.WORDS];

        Walk(Scribe scribe) {
            this.scribe = scribe;
        }

        List<String> follow(Frame frame) {
            int reason = Parser.parse(frame, headers, key);
            scribe.say("came in at port " + Integer.toUnsignedString(frame.inPort) + ": " + MatchText.key(key));
            if (reason != Reason.FINE) {
                scribe.say("  " + Reason.name(reason));
            }
            if (reason == Reason.RUNT) {
                return scribe.lines();
            }
            Executor executor = new Executor(scribe, groups, meters, this::translate, new Counts(), true);
            executor.begin(frame, headers, key, 0);
            tables(executor);
            return scribe.lines();
        }

        /** No session is made for a packet that never came. */
        private int translate(Frame frame, Headers at, long[] now, int share, Direction direction, long time) {
            String name = "  share " + share + ", " + direction + ": ";
            return translator.preview(frame, at, now, share, direction, line -> scribe.say(name + line));
        }

        private void tables(Executor executor) {
            ActionSet set = new ActionSet();
            int table = 0;
            while (table >= 0) {
                Rule rule = tables.table(table).lookup(key, null);
                if (rule == null) {
                    scribe.say("table " + table + ": no rule takes it: dropped");
                    return;
                }
                Instructions does = rule.instructions();
                scribe.say(("table " + table + ": priority " + rule.priority() + " cookie 0x"
                                + Long.toHexString(rule.cookie()) + " " + MatchText.of(rule.match()))
                        .strip());
                scribe.say("  " + InstructionText.of(does));
                executor.origin(rule);
                long[] before = key.clone();
                int stopped = executor.run(rule.program().code(), 0);
                scribe.changed(before, key);
                if (stopped >= 0) {
                    scribe.say("  ends here: " + Reason.name(executor.stopReason()));
                    return;
                }
                set.take(does);
                table = does.gotoTable();
            }
            executor.run(Compiler.set(set).code(), 0);
            if (!scribe.sent()) {
                scribe.say("goes nowhere: dropped");
            }
        }
    }

    /** Writes down what would be sent where. */
    private static final class Scribe implements Outlet {
        private final List<String> lines = new ArrayList<>();
        private final long size;
        private long free;
        private int left;
        private boolean sent;

        Scribe(long free, long size, int left) {
            this.free = free;
            this.size = size;
            this.left = left;
        }

        void say(String line) {
            lines.add(line);
        }

        List<String> lines() {
            return List.copyOf(lines);
        }

        boolean sent() {
            return sent;
        }

        void changed(long[] before, long[] now) {
            String difference = MatchText.difference(before, now);
            if (!difference.isEmpty()) {
                say("  becomes " + difference);
            }
        }

        private void send(String to, Frame frame) {
            sent = true;
            byte[] octets = new byte[frame.length];
            MemorySegment.copy(Memory.ALL, ValueLayout.JAVA_BYTE, frame.address, octets, 0, frame.length);
            say("=> " + to + ": " + HexFormat.of().formatHex(octets));
        }

        @Override
        public void port(int port, Frame frame, boolean back, int queue) {
            if (port == frame.inPort && !back) {
                say("  not sent back to port " + port);
            } else {
                send("port " + Integer.toUnsignedString(port), frame);
            }
        }

        @Override
        public void flood(Frame frame, int queue) {
            send("all ports but " + Integer.toUnsignedString(frame.inPort), frame);
        }

        @Override
        public void normal(Frame frame, long[] key, int queue) {
            send("NORMAL", frame);
        }

        @Override
        public void controller(PacketInReason reason, Rule rule, int maxLength, Frame frame, long[] key) {
            send("controllers (" + reason + ")", frame);
        }

        @Override
        public void tables(Frame frame) {
            say("=> tables");
        }

        @Override
        public void next() {}

        @Override
        public long room(int octets) {
            if (left == 0 || octets > size) {
                return 0;
            }
            left--;
            long at = free;
            free += size;
            return at;
        }
    }
}
