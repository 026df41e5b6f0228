package io.natator.lab.bench;

import io.natator.lab.bench.SwitchContest.Bound;
import io.natator.lab.net.Wait;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Round trips of single datagrams, a millisecond apart. */
final class SwitchLatencyBench implements Bench {
    private static final int PORT = 7;
    private static final int SIZE = 22;
    private static final int TRIPS = 1000;
    private static final Duration APART = Duration.ofMillis(1);
    private static final int LOST_AFTER_MILLIS = 1000;

    @Override
    public String name() {
        return "softswitch-latency";
    }

    @Override
    public String about() {
        return "UDP echo under light load, median round trip, against nftables' NAT";
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        try (Roads roads = new Roads()) {
            Road kernel = roads.kernel();
            Road natator = roads.natator(-1);
            try (DatagramSocket server = kernel.sink().call(() -> new DatagramSocket(PORT))) {
                Thread.ofPlatform().daemon().name("echo").start(() -> echo(server));
                List<Contender> contenders = List.of(
                        new Contender(Contender.NATATOR, () -> roundTrip(natator)),
                        new Contender(SwitchContest.KERNEL, () -> roundTrip(kernel)));
                return new SwitchContest(
                                name(), "microseconds", contenders, List.of(new Bound(SwitchContest.KERNEL, 3, true)))
                        .run(progress, Map.of(), true);
            }
        }
    }

    private static void echo(DatagramSocket server) {
        DatagramPacket datagram = new DatagramPacket(new byte[SIZE], SIZE);
        try {
            while (true) {
                server.receive(datagram);
                server.send(datagram);
            }
        } catch (IOException e) {
            // The benchmark is over.
        }
    }

    /** Median in microseconds. */
    private static double roundTrip(Road road) throws Exception {
        InetSocketAddress here = new InetSocketAddress(road.address(1, 2), 0);
        try (DatagramSocket client = road.source().call(() -> new DatagramSocket(here))) {
            client.connect(new InetSocketAddress(road.address(2, 2), PORT));
            client.setSoTimeout(LOST_AFTER_MILLIS);
            DatagramPacket datagram = new DatagramPacket(new byte[SIZE], SIZE);
            long[] trips = new long[TRIPS];
            for (int i = 0; i < TRIPS; i++) {
                Wait.pause(APART);
                long start = System.nanoTime();
                client.send(datagram);
                client.receive(datagram);
                trips[i] = System.nanoTime() - start;
            }
            Arrays.sort(trips);
            return trips[TRIPS / 2] / 1e3;
        }
    }
}
