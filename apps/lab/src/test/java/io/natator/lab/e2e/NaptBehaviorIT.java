package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natator.lab.traffic.BehaviorProbe;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Mapping;
import io.natator.model.session.Share;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** How a software switch alone maps, filters and gives away addresses, told by those who speak through it. */
@Tag("e2e")
class NaptBehaviorIT {
    @RegisterExtension
    static final NaptNet NET = new NaptNet();

    private static final String SERVER = NaptNet.SERVER;
    private static final IpPrefix POOL = NaptNet.POOL;
    private static final int PATIENCE_MILLIS = 15_000;

    /** What nobody asked for does not come in, from whichever address; what was asked for does. */
    @Test
    void aMappingIsOneForAllRemotesAndLetsInWhoWasAsked() throws IOException {
        try (DatagramSocket inside = NET.crowd().socket(InetAddress.ofLiteral("10.1.80.1"));
                DatagramSocket stranger = NET.router().call(() -> new DatagramSocket(9000));
                DatagramSocket otherPort = NET.server().call(() -> new DatagramSocket(9000))) {
            InetSocketAddress outside = NET.crowd().ask(inside, NET.payload(10));
            byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
            DatagramPacket in = new DatagramPacket(new byte[100], 100);
            inside.setSoTimeout(1000);
            // Filtering by address (RFC 4787, section 5): another port of the server may answer, another host may not.
            stranger.send(new DatagramPacket(hello, hello.length, outside));
            assertThatThrownBy(() -> inside.receive(in)).isInstanceOf(SocketTimeoutException.class);
            inside.setSoTimeout(PATIENCE_MILLIS);
            otherPort.send(new DatagramPacket(hello, hello.length, outside));
            inside.receive(in);
            assertThat(((InetSocketAddress) in.getSocketAddress()).getPort()).isEqualTo(9000);
            // Mapping without a look at the remote (section 4.1): the stranger sees the same, and may now answer.
            InetAddress strange = InetAddress.ofLiteral("192.0.2.1");
            stranger.setSoTimeout(PATIENCE_MILLIS);
            inside.send(new DatagramPacket(hello, hello.length, strange, 9000));
            stranger.receive(in);
            assertThat(in.getSocketAddress()).isEqualTo(outside);
            stranger.send(new DatagramPacket(hello, hello.length, outside));
            inside.receive(in);
            assertThat(((InetSocketAddress) in.getSocketAddress()).getAddress()).isEqualTo(strange);
        }
    }

    /** RFC 4787, sections 4.1 and 5, as a probe after RFC 5780 finds them from outside. */
    @Test
    void aProbeReportsTheBehaviourThatIsConfigured() throws Exception {
        NET.server().address("eth0", "203.0.113.3/24");
        int host = 0;
        try (BehaviorProbe probe = BehaviorProbe.serve(NET.server(), SERVER, "203.0.113.3")) {
            for (Mapping mapping : Mapping.values()) {
                for (Filtering filtering : Filtering.values()) {
                    NET.teach(pool(mapping, filtering), POOL);
                    host++;
                    try (DatagramSocket one = NET.crowd().socket(InetAddress.ofLiteral("10.1.93." + host));
                            DatagramSocket other = NET.crowd().socket(InetAddress.ofLiteral("10.1.93." + host))) {
                        assertThat(probe.mapping(one).name()).isEqualTo(mapping.name());
                        assertThat(probe.filtering(other).name())
                                .as("mapping %s", mapping)
                                .isEqualTo(filtering.name());
                    }
                }
            }
        } finally {
            NET.teach(Pool.DEFAULT, POOL);
        }
    }

    /** DYNAMIC with fewer addresses than hosts: who comes too late hears why. */
    @Test
    void anEmptyPoolIsToldToTheSender() throws Exception {
        IpPrefix two = IpPrefix.valueOf("198.51.100.8/31");
        Share dynamic =
                new Share(1, "dynamic", Kind.DYNAMIC, NaptNet.INSIDE, List.of(two), List.of(), false, Pool.DEFAULT);
        NET.teach(dynamic);
        try (DatagramSocket one = NET.crowd().socket(InetAddress.ofLiteral("10.1.94.1"));
                DatagramSocket other = NET.crowd().socket(InetAddress.ofLiteral("10.1.94.2"))) {
            InetSocketAddress ofOne = NET.crowd().ask(one, NET.payload(10));
            InetSocketAddress ofOther = NET.crowd().ask(other, NET.payload(10));
            assertThat(List.of(ofOne.getAddress(), ofOther.getAddress()))
                    .extracting(a -> IpAddress.valueOf(a).toString())
                    .containsExactlyInAnyOrder("198.51.100.8", "198.51.100.9");
            assertThat(ofOne.getPort()).isEqualTo(one.getLocalPort());
            assertThat(NET.hosts()
                            .attempt("ping", "-c3", "-i0.3", "-W5", "-I", "10.1.94.3", SERVER)
                            .all())
                    .contains("Destination Host Unreachable");
            assertThat(NET.refused("pool-empty")).isGreaterThanOrEqualTo(3);
            assertThat(NET.crowd().ask(one, NET.payload(10))).isEqualTo(ofOne);
        } finally {
            NET.teach(Pool.DEFAULT, POOL);
        }
    }

    /** The pool shrinks while sessions run: those that are still legal go on, others end and begin anew. */
    @Test
    void thePoolShrinksAndGrowsWhileSessionsRun() throws Exception {
        try (DatagramSocket socket = NET.crowd().socket(InetAddress.ofLiteral("10.1.91.1"))) {
            InetSocketAddress before = NET.crowd().ask(socket, NET.payload(10));
            IpPrefix kept = IpAddress.valueOf(before.getAddress()).toIpPrefix();
            NET.teach(Pool.DEFAULT, kept);
            assertThat(NET.crowd().ask(socket, NET.payload(10))).isEqualTo(before);
            IpPrefix other = kept.equals(IpPrefix.valueOf("198.51.100.1/32"))
                    ? IpPrefix.valueOf("198.51.100.2/32")
                    : IpPrefix.valueOf("198.51.100.1/32");
            NET.teach(Pool.DEFAULT, other);
            assertThat(IpAddress.valueOf(
                            NET.crowd().ask(socket, NET.payload(10)).getAddress()))
                    .isEqualTo(other.address());
        } finally {
            NET.teach(Pool.DEFAULT, POOL);
        }
    }

    private static Pool pool(Mapping mapping, Filtering filtering) {
        return Pool.DEFAULT.but().mapping(mapping).filtering(filtering).build();
    }
}
