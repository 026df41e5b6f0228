package io.natator.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.codec.Decoded;
import io.natator.bgp.codec.Decoder;
import io.natator.bgp.codec.ErrorCode;
import io.natator.bgp.codec.Header;
import io.natator.bgp.codec.Keepalive;
import io.natator.bgp.codec.Notification;
import io.natator.bgp.codec.Open;
import io.natator.bgp.codec.Samples;
import io.natator.bgp.codec.Update;
import io.natator.bgp.codec.UpdateContext;
import io.natator.model.southbound.NeighborEvent.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every message, cut at every octet and with each bit of every octet turned over, in each state: the NOTIFICATION that
 * RFC 4271 or RFC 7606 wants, or none; and whatever it was, the session can be had again.
 */
class DamagedSessionTest {
    enum Stage {
        CONNECT(""),
        OPEN_SENT("5/1"),
        OPEN_CONFIRM("5/2"),
        ESTABLISHED("5/3");

        /** What is said of a message that has no business there (RFC 6608). */
        private final String unexpected;

        Stage(String unexpected) {
            this.unexpected = unexpected;
        }
    }

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final UpdateContext CONTEXT = new UpdateContext(true, false);
    private static final int[] MASKS = {1, 2, 4, 8, 16, 32, 64, 128, 255};
    private static final int OPEN = 1;
    private static final int UPDATE = 2;
    private static final int NOTIFICATION = 3;
    private static final int KEEPALIVE = 4;

    private long now;

    private Peer at(Stage stage) {
        Settings settings = PeerOnAClock.settings(65000, 65001, 1);
        now = SECOND;
        Peer peer = new Peer(settings, new SplittableRandom(1), now);
        peer.on(new Event.Tick(), now);
        if (stage != Stage.CONNECT) {
            progress(peer, 1, stage);
        }
        return peer;
    }

    private List<Action> progress(Peer peer, int connection, Stage to) {
        List<Action> actions = new ArrayList<>(peer.on(new Event.Connected(connection), now));
        if (to != Stage.OPEN_SENT) {
            Open open = PeerOnAClock.settings(65001, 65000, 2).open(false);
            actions.addAll(peer.on(new Event.Received(connection, open), now));
        }
        if (to == Stage.ESTABLISHED) {
            actions.addAll(peer.on(new Event.Received(connection, new Keepalive()), now));
        }
        return actions;
    }

    /** What the transport makes of a stream that ends. */
    private List<Action> feed(Peer peer, byte[] stream) {
        if (stream.length >= Header.LENGTH) {
            Optional<Decoded.Malformed> wrong = Header.check(stream, CONTEXT);
            if (wrong.isPresent()) {
                return peer.on(new Event.Malformed(1, wrong.get()), now);
            }
            if (stream.length >= Header.length(stream)) {
                byte[] message = Arrays.copyOf(stream, Header.length(stream));
                return switch (Decoder.decode(message, CONTEXT)) {
                    case Decoded.Ok(var decoded) -> peer.on(new Event.Received(1, decoded), now);
                    case Decoded.Malformed malformed -> peer.on(new Event.Malformed(1, malformed), now);
                };
            }
        }
        return List.of();
    }

    /** What may be said about that stream, as {@code code/subcode}, or nothing; by RFC 4271, section 8.2.2. */
    private static List<String> allowed(Stage stage, byte[] stream) {
        if (stage == Stage.CONNECT || stream.length < Header.LENGTH) {
            return List.of("");
        }
        int length = Header.length(stream);
        int type = stream[18] & 0xff;
        for (int i = 0; i < 16; i++) {
            if (stream[i] != (byte) 0xff) {
                return List.of("1/1");
            }
        }
        boolean tooShort = length < 19
                || (type == OPEN && length < 29)
                || (type == UPDATE && length < 23)
                || (type == NOTIFICATION && length < 21);
        if (tooShort || (length > 4096 && type <= 5) || (type == KEEPALIVE && length != 19)) {
            return List.of("1/2");
        }
        if (type < 1 || type > 5) {
            return length > 4096 ? List.of("1/2", "1/3") : List.of("1/3");
        }
        if (stream.length < length || type == NOTIFICATION) {
            return List.of("");
        }
        String unexpected = stage.unexpected;
        return switch (stage) {
            case CONNECT -> List.of("");
            case OPEN_SENT -> List.of(type == OPEN ? "2" : unexpected);
            case OPEN_CONFIRM ->
                switch (type) {
                    case OPEN -> List.of("2", unexpected);
                    case KEEPALIVE -> List.of("");
                    default -> List.of(unexpected);
                };
            case ESTABLISHED ->
                switch (type) {
                    case OPEN -> List.of(unexpected);
                    case UPDATE -> List.of("3");
                    case KEEPALIVE -> List.of("");
                    default -> List.of("7/1");
                };
        };
    }

    private void check(Stage stage, byte[] stream, boolean mustLive) {
        String what = HexFormat.of().formatHex(stream);
        Peer peer = at(stage);
        List<Action> actions = feed(peer, stream);
        List<Notification> said = actions.stream()
                .filter(Action.Send.class::isInstance)
                .map(action -> ((Action.Send) action).message())
                .filter(Notification.class::isInstance)
                .map(Notification.class::cast)
                .toList();
        boolean closed = actions.contains(new Action.Close(1));
        boolean down = actions.stream().anyMatch(Action.Down.class::isInstance);
        assertThat(down).as(what).isEqualTo(closed && stage == Stage.ESTABLISHED);
        if (!said.isEmpty()) {
            assertThat(closed && said.size() == 1).as(what).isTrue();
            Notification one = said.getFirst();
            assertThat(allowed(stage, stream))
                    .as("%s: %s", what, one.words())
                    .containsAnyOf(one.code() + "/" + one.subcode(), one.code() + "");
            assertThat(ErrorCode.words(one.code(), one.subcode())).doesNotContain("subcode");
            outcomes.merge(one.words().replaceAll(" \\(data.*", ""), 1, Integer::sum);
        } else {
            // A single thing may be said, and it was not said: then what came was good after all.
            boolean must = allowed(stage, stream).stream().allMatch(code -> code.contains("/") && !code.equals("7/1"));
            assertThat(must).as("nothing said about %s", what).isFalse();
            outcomes.merge(closed ? "closed in silence" : "goes on", 1, Integer::sum);
        }
        if (mustLive) {
            assertThat(closed).as("reset for %s", what).isFalse();
            assertThat(delivered(actions).withdrawnBecause().isEmpty()
                            || delivered(actions).announced().isEmpty())
                    .isTrue();
        }
        comesBack(peer, closed, what);
    }

    private final TreeMap<String, Integer> outcomes = new TreeMap<>();

    private static Update delivered(List<Action> actions) {
        return ((Action.Deliver) actions.stream()
                        .filter(Action.Deliver.class::isInstance)
                        .findFirst()
                        .orElseThrow())
                .update();
    }

    /** The neighbour goes away, if it is still there; then the session is as any other. */
    private void comesBack(Peer peer, boolean closed, String what) {
        if (!closed) {
            assertThat(peer.deadline()).as("waits for ever after %s", what).isLessThan(Long.MAX_VALUE);
            now += SECOND;
            peer.on(new Event.Lost(1, "gone"), now);
        }
        assertThat(peer.deadline()).as("stuck after %s", what).isLessThan(now + 11 * SECOND);
        now = Math.max(now, peer.deadline());
        assertThat(peer.on(new Event.Tick(), now)).as(what).contains(new Action.Dial(2));
        assertThat(progress(peer, 2, Stage.ESTABLISHED)).contains(new Action.Report(State.ESTABLISHED, ""));
    }

    @ParameterizedTest
    @EnumSource
    void endsAsItShould(Stage stage) {
        for (byte[] message : Samples.messages()) {
            List<Integer> values = stage == Stage.ESTABLISHED ? Samples.valuesOfAttributes(message) : List.of();
            for (int at = 0; at < message.length; at++) {
                check(stage, Samples.cut(message, at), false);
                if (at >= Header.LENGTH) {
                    check(stage, Samples.shortened(message, at), false);
                }
                for (int mask : MASKS) {
                    check(stage, Samples.flipped(message, at, mask), values.contains(at));
                }
            }
            check(stage, message, false);
        }
        System.out.println(stage + ": " + outcomes);
    }
}
