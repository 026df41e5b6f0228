package io.natator.softswitch.steps;

import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.frame.Parser;
import io.natator.softswitch.session.Limits;
import io.natator.softswitch.session.SessionLog;
import io.natator.softswitch.table.Hash;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program of its own: octets of memory a session, new sessions and translated packets a second of processor time, of the
 * engine alone.
 * Arguments: how many sessions, once or more often; before these {@code nat64}, and {@code hosts=BITS} for
 * another number of them, a power of two.
 */
public final class SessionBenchmark {
    private static final int BATCH = 64;

    private final Frame[] frames = new Frame[BATCH];
    private final Headers[] headers = new Headers[BATCH];
    private final long[][] keys = new long[BATCH][Key.WORDS];
    private final long[] hints = new long[BATCH];
    private final int sessions;
    private final int hosts;
    private final int shift;
    private final boolean nat64;
    private final byte[] octets;
    private final long[] places = new long[BATCH];
    private final Counts counts = new Counts();
    private final Translator translator;
    private long now = 1_000_000_000L;
    private long touched;

    private SessionBenchmark(boolean nat64, int hosts, int sessions, Arena arena) {
        this.sessions = sessions;
        this.hosts = hosts;
        this.shift = Integer.numberOfTrailingZeros(hosts);
        this.nat64 = nat64;
        translator = new Translator(new Limits(sessions, sessions, hosts, 1, 0, 0), counts, SessionLog.NONE, 1);
        Pools pools = nat64 ? Pools.nat64() : Pools.napt();
        pools.inside = nat64 ? "2001:db8::/32" : "10.0.0.0/8";
        pools.outside = List.of("198.18.0.0/22");
        Share share = pools.share();
        if (translator.shares(List.of(share), now).isPresent()) {
            throw new IllegalStateException("refused");
        }
        octets = nat64
                ? Packets.udp("2001:db8::1", 1, "64:ff9b::c000:201", 53, 22)
                : Packets.udp("10.0.0.1", 1, "192.0.2.1", 53, 22);
        for (int i = 0; i < BATCH; i++) {
            frames[i] = new Frame();
            places[i] = arena.allocate(256).address() + 64;
            place(i);
            headers[i] = new Headers();
        }
    }

    public static void main(String[] arguments) throws IOException {
        boolean nat64 = false;
        int hosts = 1 << 14;
        for (String argument : arguments) {
            if (argument.equals("nat64")) {
                nat64 = true;
            } else if (argument.startsWith("hosts=")) {
                hosts = 1 << Integer.parseInt(argument.substring("hosts=".length()));
            } else {
                try (Arena arena = Arena.ofConfined()) {
                    new SessionBenchmark(nat64, hosts, Integer.parseInt(argument), arena).run();
                }
            }
        }
    }

    private void place(int i) {
        for (int j = 0; j < octets.length; j++) {
            Memory.put8(places[i] + j, octets[j]);
        }
        frames[i].address = places[i];
        frames[i].length = octets.length;
        frames[i].headroom = 64;
        frames[i].tailroom = 64;
    }

    /** Which flow a number stands for: a host and an inside port, each its own mapping. */
    private void prepare(int i, int flow) {
        if (nat64) {
            place(i); // it became one of IPv4
        }
        long a = frames[i].address;
        int ports = nat64 ? 54 : 34;
        Memory.put32(a + (nat64 ? 34 : 26), (nat64 ? 0 : 10 << 24) | (flow & (hosts - 1)) + 1);
        Memory.put32(a + ports - 4, 0xC000_0200 | (flow & 0xFF));
        Memory.put16(a + ports, 1024 + (flow >>> shift));
        Memory.put16(a + ports + 2, 53);
        Parser.parse(frames[i], headers[i], keys[i]);
    }

    private void run() throws IOException {
        long before = resident();
        long start = time();
        for (int flow = 0; flow < sessions; flow++) {
            prepare(0, flow);
            translator.translate(frames[0], headers[0], keys[0], 1, Direction.TO_OUTSIDE, now);
        }
        double created = sessions * 1e9 / (time() - start);
        long took = resident() - before;
        if (translator.live() != sessions) {
            throw new IllegalStateException(
                    translator.live() + " sessions, refused " + counts.get(Count.TRANSLATE_POOL_EMPTY));
        }
        System.out.printf(
                "%d sessions: %d octets each resident, %d set aside; %.2f million new ones a second%n",
                sessions, took / sessions, translator.reserved() / sessions, created / 1e6);
        for (int round = 0; round < 3; round++) {
            System.out.printf(
                    "  translated a second: %.2f million one by one, %.2f million in batches%n",
                    packets(false) / 1e6, packets(true) / 1e6);
        }
        long end = time();
        now += 400_000_000_000L;
        long longest = 0;
        while (translator.live() > 0) {
            long one = time();
            translator.housekeeping(now, 256);
            longest = Math.max(longest, time() - one);
        }
        System.out.printf(
                "  ended: %.2f million a second; the longest of turns of 256 took %d µs%n",
                sessions * 1e3 / (time() - end), longest / 1000);
        translator.close();
    }

    private double packets(boolean batches) {
        long start = time();
        long chance = 1;
        int count = 1_500_000 / BATCH;
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < BATCH; i++) {
                chance = Hash.mix(chance, n);
                prepare(i, (int) Long.remainderUnsigned(chance, sessions));
            }
            if (batches) {
                for (int i = 0; i < BATCH; i++) {
                    hints[i] = translator.hint(frames[i], headers[i], keys[i], 1, Direction.TO_OUTSIDE);
                }
                for (int i = 0; i < BATCH; i++) {
                    touched += translator.touch(hints[i]);
                }
            }
            for (int i = 0; i < BATCH; i++) {
                translator.translate(frames[i], headers[i], keys[i], 1, Direction.TO_OUTSIDE, now);
            }
        }
        if (touched == 42) {
            System.out.println("by chance");
        }
        return count * (double) BATCH * 1e9 / (time() - start);
    }

    /** Nanoseconds of the processor that this thread had: others may be busy, too. */
    private static long time() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Octets of memory of this process that are not the heap's: it hardly grows. */
    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/statm"))
                        .getFirst()
                        .transform(line -> Long.parseLong(line.split(" ", -1)[1]))
                * 4096;
    }
}
