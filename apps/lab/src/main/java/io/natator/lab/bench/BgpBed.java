package io.natator.lab.bench;

import io.natator.lab.LabException;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Pid;
import io.natator.lab.net.Program;
import io.natator.lab.net.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One namespace with Natator's speaker and a BIRD, each a process of its own that waits for the same sinks to call. All
 * on loopback addresses.
 */
final class BgpBed implements AutoCloseable {
    static final String NATATOR = "127.0.0.1";
    static final String BIRD = "127.0.0.2";
    /** BIRD as a receiver, which calls the other two. */
    static final String RECEIVER = "127.0.2.1";

    private static final int PORT = 1790;

    private final Scratch scratch;
    private final Namespace namespace;
    private final Pid speaker;
    private final Control control;
    private final BgpBird bird;
    private final List<String> sinks;

    private BgpBed(Scratch scratch, int sinks, List<String> options) {
        this.scratch = scratch;
        this.sinks =
                IntStream.rangeClosed(1, sinks).mapToObj(i -> "127.0.1." + i).toList();
        namespace = scratch.namespace("bgp");
        Path socket = dir().resolve("speaker.ctl");
        List<String> callers =
                Stream.concat(this.sinks.stream(), Stream.of(RECEIVER)).toList();
        String[] arguments = Stream.concat(
                        Stream.of(socket.toString(), NATATOR, Integer.toString(PORT)), callers.stream())
                .toArray(String[]::new);
        speaker = namespace.start("speaker", Program.command(BgpSpeakerMain.class.getName(), options, arguments));
        control = new Control(socket);
        String sessions = callers.stream().map(BgpBed::caller).collect(Collectors.joining());
        bird = BgpBird.start(dir(), namespace, "bird", sessions);
    }

    /**
     * @param sinks how many neighbours both have
     * @param options of the speaker's JVM
     */
    static BgpBed start(int sinks, List<String> options) {
        Scratch scratch = Scratch.create();
        try {
            return new BgpBed(scratch, sinks, options);
        } catch (RuntimeException e) {
            scratch.close();
            throw e;
        }
    }

    private static String caller(String address) {
        return """
                protocol bgp {
                  local %s port %d as %d; neighbor %s as %d; multihop; passive on; strict bind yes;
                  ipv4 { import none; export all; next hop self; };
                }
                """.formatted(BIRD, PORT, BgpSpeakerMain.AS, address, BgpSink.AS);
    }

    /** A BIRD that takes all from both, and waits until both sessions are up. */
    BgpBird receiver() {
        String sessions = Stream.of(NATATOR, BIRD)
                .map(address -> """
                        protocol bgp {
                          local %s as %d; neighbor %s port %d as %d; multihop; strict bind yes;
                          connect delay time 1;
                          ipv4 { import all; export none; };
                        }
                        """.formatted(RECEIVER, BgpSink.AS, address, PORT, BgpSpeakerMain.AS))
                .collect(Collectors.joining());
        BgpBird receiver = BgpBird.start(dir(), namespace, "receiver", sessions);
        Wait.until("the receiver's sessions", () -> receiver.isUp("bgp1") && receiver.isUp("bgp2"));
        return receiver;
    }

    BgpSink sink(String speakerAddress) {
        return new BgpSink(namespace, new InetSocketAddress(speakerAddress, PORT), sinks);
    }

    private Path dir() {
        return scratch.inventory().dir();
    }

    Namespace namespace() {
        return namespace;
    }

    BgpBird bird() {
        return bird;
    }

    Pid speaker() {
        return speaker;
    }

    /** Tells the speaker to do something; it answers before that is done. */
    void tell(String command) {
        String answer = control.ask(command);
        if (!answer.equals("ok")) {
            throw new LabException("the speaker, on " + command + ": " + answer);
        }
    }

    /** Bytes of the speaker's heap that are in use after garbage collection. */
    long speakerHeap() {
        return Long.parseLong(control.ask("heap"));
    }

    /** CPU time of all threads of a process that still run, in seconds. */
    static double cpuSeconds(Pid pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid.pid() + "/task"))) {
            return threads.mapToLong(BgpBed::onCpu).sum() / 1e9;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nanoseconds, the first field of schedstat; 0 if the thread has ended. */
    private static long onCpu(Path thread) {
        try {
            return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        bird.close();
        control.close();
        scratch.close();
    }
}
