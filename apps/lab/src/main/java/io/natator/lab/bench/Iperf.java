package io.natator.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Pid;
import io.natator.lab.net.Wait;
import java.io.IOException;
import java.util.List;

/** {@code iperf3 -s} in a namespace; it stops when this is closed. */
record Iperf(Pid server) implements AutoCloseable {
    private static final String SECONDS = "2";
    private static final ObjectMapper JSON = new ObjectMapper();

    static Iperf serve(Namespace namespace) {
        Iperf started = new Iperf(namespace.start("iperf3-" + namespace.role(), List.of("iperf3", "-s")));
        Wait.until("iperf3 to listen", () -> namespace.run("ss", "-Hltn").contains(":5201"));
        return started;
    }

    /** One TCP stream for two seconds, in Gbit/s as the server received them. */
    static double stream(Namespace from, String to) throws IOException {
        String report = from.run("iperf3", "-J", "-t", SECONDS, "-c", to);
        return JSON.readTree(report).at("/end/sum_received/bits_per_second").asDouble() / 1e9;
    }

    /** From the source of a road to its sink, where a server is. */
    static double stream(Road road) throws IOException {
        return stream(road.source(), road.address(2, 2));
    }

    @Override
    public void close() {
        server.kill(false);
    }
}
