package io.natator.bgp.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.natator.bgp.codec.ErrorCode;
import io.natator.bgp.codec.Notification;
import io.natator.bgp.fsm.Event;
import io.natator.bgp.fsm.Settings;
import io.natator.bgp.sim.RecordedSession.Line;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.IpAddress;

/**
 * Sessions with real daemons, recorded by {@link io.natator.bgp.it.SessionRecorder}, again on a clock of the test's: what
 * we send is the same, octet by octet, at the same time.
 */
class ReplayTest implements SimSpeaker.Wire {
    /** What the threads of the recorded speaker were late. */
    private static final double LATE_MILLIS = 100;

    private final List<Line> ours = new ArrayList<>();
    private SimSpeaker speaker;
    private long now;

    @Override
    public void dial(int connection) {
        ours.add(new Line(now / 1e6, connection, "connected", ""));
    }

    @Override
    public void send(int connection, byte[] message) {
        ours.add(new Line(now / 1e6, connection, ">", HexFormat.of().formatHex(message)));
    }

    @Override
    public void close(int connection) {}

    private static List<Line> read(String name) throws IOException {
        try (InputStream in = ReplayTest.class.getResourceAsStream(name + ".session")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Line::parse)
                    .toList();
        }
    }

    private void until(long time) {
        while (speaker.deadline() <= time) {
            now = Math.max(now, speaker.deadline());
            speaker.on(new Event.Tick(), now);
        }
        now = time;
    }

    private void replay(Line line) {
        until(line.nanos());
        switch (line.word()) {
            case "announce" -> speaker.announce(RecordedSession.routes(line.text()));
            case "connected" -> speaker.on(new Event.Connected(line.connection()), now);
            case "<" -> speaker.receive(line.connection(), line.octets(), now);
            case "closed" -> speaker.on(new Event.Lost(line.connection(), "closed"), now);
            case "stop" -> speaker.stop(Notification.of(ErrorCode.PEER_DECONFIGURED));
            default -> assertThat(line.word()).isIn(">", "start");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bird-2.0.12", "frr-8.4.4", "gobgp-3.10.0", "openbgpd-7.7"})
    void saysTheSameAtTheSameTime(String name) throws IOException {
        List<Line> lines = read(name);
        Settings settings = new Settings(
                RecordedSession.PEERING,
                ByteBuffer.wrap(IpAddress.valueOf(RecordedSession.ROUTER_ID).toOctets())
                        .getInt(),
                RecordedSession.TIMERS);
        now = lines.stream()
                .filter(line -> line.word().equals("start"))
                .findFirst()
                .orElseThrow()
                .nanos();
        speaker = new SimSpeaker(settings, new SplittableRandom(RecordedSession.SEED).split(), now, this);
        lines.forEach(this::replay);

        List<Line> recorded = lines.stream()
                .filter(line -> line.word().equals(">") || line.word().equals("connected"))
                .toList();
        assertThat(ours.stream().map(ReplayTest::untimed))
                .containsExactlyElementsOf(
                        recorded.stream().map(ReplayTest::untimed).toList());
        for (int i = 0; i < recorded.size(); i++) {
            assertThat(ours.get(i).millis())
                    .as(recorded.get(i).print())
                    .isCloseTo(recorded.get(i).millis(), within(LATE_MILLIS));
        }
        long keepalives =
                ours.stream().filter(line -> line.text().endsWith("001304")).count();
        assertThat(keepalives).as("one to confirm, others by the timer").isGreaterThanOrEqualTo(4);
    }

    private static String untimed(Line line) {
        return line.connection() + " " + line.word() + " " + line.text();
    }
}
