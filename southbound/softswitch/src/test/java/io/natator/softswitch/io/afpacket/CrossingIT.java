package io.natator.softswitch.io.afpacket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.model.intent.Embedding;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Parser;
import io.natator.softswitch.io.PortIo;
import io.natator.softswitch.session.Limits;
import io.natator.softswitch.session.SessionLog;
import io.natator.softswitch.steps.Translator;
import io.natator.softswitch.steps.Verdict;
import io.natator.softswitch.steps.crossing.World;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Real kernels at both ends of SIIT, with offloads as they have them: host a has IPv6 only (2001:db8:1::7, outside 198.51.100.7), host b
 * IPv4 only (10.9.1.3, inside 64:ff9b::a09:103).
 */
class CrossingIT {
    private final Counts counts = new Counts();
    private volatile int leastHeadroom = Integer.MAX_VALUE;
    private Wires wires;
    private Forwarder forwarder;
    private Translator translator;

    @BeforeEach
    void open() throws Exception {
        wires = new Wires();
        wires.ip("a", "addr flush dev g0 scope global");
        wires.ip("a", "-6 addr add 2001:db8:1::7/128 dev g0");
        wires.ip("a", "neigh add fe80::1 lladdr " + mac("b", "k0") + " dev g0");
        wires.ip("a", "-6 route add 64:ff9b::/96 via fe80::1 dev g0 src 2001:db8:1::7");
        wires.ip("b", "neigh add 10.9.1.254 lladdr " + mac("a", "g0") + " dev k0");
        wires.ip("b", "route add 198.51.100.0/24 via 10.9.1.254");
        translator = new Translator(new Limits(64, 64, 64, 16, 1 << 18, 100), counts, SessionLog.NONE, 3);
        assertThat(translator.shares(List.of(new World(Embedding.DEFAULT).share()), 1))
                .isEmpty();
        forwarder = Wires.call("s", () -> Forwarder.between("i0", "o0", Mode.BALANCED, new Crossing()));
    }

    @AfterEach
    void close() throws Exception {
        forwarder.close();
        translator.close();
        wires.close();
    }

    private String mac(String role, String device) throws Exception {
        return wires.in(role, "cat", "/sys/class/net/" + device + "/address").strip();
    }

    /** One of a thread: what a frame becomes leaves at the other side, an answer where it came in. */
    private final class Crossing implements Forwarder.Change {
        private final Headers headers = new Headers();
        private final long[] key = new long[Key.WORDS];
        private final Frame piece = new Frame();

        @Override
        public void frame(Frame frame, PortIo from, PortIo to, boolean outward) {
            leastHeadroom = Math.min(leastHeadroom, frame.headroom);
            one(frame, from, to, outward);
            while (translator.released(piece)) {
                one(piece, from, to, outward);
                to.flush();
            }
        }

        private void one(Frame frame, PortIo from, PortIo to, boolean outward) {
            int _ = Parser.parse(frame, headers, key);
            Direction direction = outward ? Direction.TO_OUTSIDE : Direction.TO_INSIDE;
            int verdict = translator.translate(frame, headers, key, 1, direction, System.nanoTime());
            if (verdict == Verdict.PASS || verdict == Verdict.REPLY) {
                boolean _ = (verdict == Verdict.PASS ? to : from).queue(frame);
            }
        }
    }

    @Test
    void tcpKeepsItsOffloadsBothWays() throws Exception {
        iperf("-n", "128M");
        var first = forwarder.port(0).counters();
        assertThat(first.rxBytes() / first.rxPackets()).as("octets a frame").isGreaterThan(1514);
        iperf("-n", "128M", "-R");
        var second = forwarder.port(1).counters();
        assertThat(second.rxBytes() / second.rxPackets()).as("octets a frame").isGreaterThan(1514);
        assertThat(forwarder.port(0).counters().txRefused()).isZero();
        assertThat(forwarder.port(1).counters().txRefused()).isZero();
        for (String role : List.of("a", "b")) {
            assertThat(wires.in(role, "nstat", "-asz", "TcpInCsumErrors")).containsPattern("TcpInCsumErrors +0 ");
        }
        assertThat(leastHeadroom).isGreaterThanOrEqualTo(74);
    }

    @Test
    void largeDatagramsArriveInPieces() throws Exception {
        iperf("-u", "-l", "4000", "-k", "50", "-b", "2M");
        iperf("-u", "-l", "4000", "-k", "50", "-b", "2M", "-R");
        assertThat(counts.get(Count.CROSS_CUT)).isPositive();
        assertThat(wires.in("a", "nstat", "-asz", "Ip6ReasmOKs", "Udp6InCsumErrors"))
                .containsPattern("Ip6ReasmOKs +[1-9]")
                .containsPattern("Udp6InCsumErrors +0 ");
        assertThat(wires.in("b", "nstat", "-asz", "IpReasmOKs", "UdpInCsumErrors"))
                .containsPattern("IpReasmOKs +[1-9]")
                .containsPattern("UdpInCsumErrors +0 ");
    }

    @Test
    void hostsAreToldTheMtu() throws Exception {
        wires.in("a", "ping", "-c", "1", "-W", "5", "64:ff9b::a09:103");
        await().until(() -> {
            assertThat(wires.works("b", "ping", "-c", "1", "-W", "1", "-M", "do", "-s", "1472", "198.51.100.7"))
                    .isFalse();
            return wires.ip("b", "route get 198.51.100.7").contains("mtu 1480");
        });
        wires.in("b", "ping", "-c", "1", "-W", "5", "-M", "do", "-s", "1452", "198.51.100.7");
    }

    /** Client on the IPv6 host. */
    private void iperf(String... options) throws Exception {
        Process server = wires.start("b", "iperf3", "-s", "-1");
        try {
            await().until(() -> wires.in("b", "ss", "-Hltn").contains(":5201"));
            String[] command = new String[options.length + 3];
            command[0] = "iperf3";
            command[1] = "-c";
            command[2] = "64:ff9b::a09:103";
            System.arraycopy(options, 0, command, 3, options.length);
            wires.in("a", command);
        } finally {
            server.destroy();
        }
    }
}
