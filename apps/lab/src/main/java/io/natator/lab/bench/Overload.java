package io.natator.lab.bench;

import io.natator.lab.LabException;
import io.natator.lab.net.Wait;
import java.time.Duration;

/** Datagrams a second that come through a {@link Road} when more are sent than it takes. */
final class Overload {
    /** Flows: values of the source port. */
    static final int FLOWS = 16_384;

    /** Generates. */
    private static final int CORE = 0;

    private static final int FIRST_PORT = 1024;
    private static final int SOURCE_PORT_AT = 34;
    private static final Duration BEFORE = Duration.ofMillis(300);
    private static final Duration MEASURED = Duration.ofMillis(1200);
    /** What is still in queues must not count for the next contender. */
    private static final Duration AFTER = Duration.ofMillis(150);

    private Overload() {}

    /** Flows that differ by their source port. */
    static double rate(Road road) throws Exception {
        return rate(road, road.datagram(road.address(1, 2)), SOURCE_PORT_AT, FIRST_PORT);
    }

    /**
     * @param word where in the datagram a flow's number is added
     * @param first least value of that word
     */
    static double rate(Road road, byte[] datagram, int word, int first) throws Exception {
        XdpProgram.Word one = new XdpProgram.Word(word, first, FLOWS);
        return rate(road, datagram, one, new XdpProgram.Word(word, 0, 1), () -> {});
    }

    /** @param soon done when datagrams have come through for a while, before they are counted */
    static double rate(Road road, byte[] datagram, XdpProgram.Word one, XdpProgram.Word other, Runnable soon)
            throws Exception {
        int ifindex = Integer.parseInt(road.source()
                .run("cat", "/sys/class/net/" + road.sourceDevice() + "/ifindex")
                .strip());
        byte[] program = XdpProgram.datagrams(datagram, one, other, ifindex);
        XdpGenerator generator = XdpGenerator.start(road.source(), program, datagram, CORE);
        long before;
        long start;
        long arrived;
        long end;
        try {
            Wait.pause(BEFORE);
            soon.run();
            before = road.arrived();
            start = System.nanoTime();
            Wait.pause(MEASURED);
            arrived = road.arrived() - before;
            end = System.nanoTime();
        } finally {
            long _ = generator.stop();
        }
        Wait.pause(AFTER);
        if (arrived == 0) {
            throw new LabException("nothing arrives through " + road.middle().name());
        }
        return arrived / ((end - start) / 1e9);
    }
}
