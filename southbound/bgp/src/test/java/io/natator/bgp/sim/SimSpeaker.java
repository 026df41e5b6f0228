package io.natator.bgp.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.codec.Decoded;
import io.natator.bgp.codec.Decoder;
import io.natator.bgp.codec.Encoder;
import io.natator.bgp.codec.ErrorCode;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Notification;
import io.natator.bgp.codec.Update;
import io.natator.bgp.codec.UpdateContext;
import io.natator.bgp.fsm.Action;
import io.natator.bgp.fsm.Ended;
import io.natator.bgp.fsm.Event;
import io.natator.bgp.fsm.Negotiated;
import io.natator.bgp.fsm.Peer;
import io.natator.bgp.fsm.Settings;
import io.natator.bgp.ribout.Rib;
import io.natator.bgp.ribout.RibOut;
import io.natator.model.compile.Announcement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * A speaker with one neighbour, without sockets, threads or a clock: machine and rib-out put together as for a real one. It
 * remembers what it hears, as a helper does: over a restart of the neighbour until that says that it has told all.
 */
public final class SimSpeaker {
    /** The network. */
    public interface Wire {
        void dial(int connection);

        void send(int connection, byte[] message);

        void close(int connection);
    }

    private final Settings settings;
    private final Peer peer;
    private final Wire wire;
    private final Rib rib = new Rib();
    private final RibOut out = rib.neighbor("other");
    private final Map<IpPrefix, IpAddress> heard = new HashMap<>();
    private final Set<IpPrefix> stale = new HashSet<>();
    private Optional<Integer> up = Optional.empty();
    private Optional<Negotiated> negotiated = Optional.empty();

    public SimSpeaker(Settings settings, RandomGenerator random, long now, Wire wire) {
        this.settings = settings;
        this.wire = wire;
        peer = new Peer(settings, random, now);
    }

    public void on(Event event, long now) {
        peer.on(event, now).forEach(this::act);
        pump();
    }

    /** Ends the session as the removal of its neighbour does. */
    public void stop(Notification cease) {
        peer.stop(cease, false, "removed").forEach(this::act);
    }

    public long deadline() {
        return peer.deadline();
    }

    public int newConnection() {
        return peer.newConnection();
    }

    /** A message that came. */
    public void receive(int connection, byte[] message, long now) {
        UpdateContext context = up.filter(number -> number == connection)
                .flatMap(number -> negotiated)
                .map(Negotiated::context)
                .orElse(new UpdateContext(true, false));
        switch (Decoder.decode(message, context)) {
            case Decoded.Ok(var decoded) -> on(new Event.Received(connection, decoded), now);
            case Decoded.Malformed malformed -> throw new AssertionError(malformed.toString());
        }
    }

    /** The complete set. */
    public void announce(List<Announcement> announcements) {
        rib.replace(announcements);
        pump();
    }

    public void change(List<Announcement> added, List<Announcement> removed) {
        rib.change(added, removed);
        pump();
    }

    public boolean isUp() {
        return up.isPresent();
    }

    /** By prefix, the next hop. */
    public Map<IpPrefix, IpAddress> heard() {
        return heard;
    }

    private void act(Action action) {
        switch (action) {
            case Action.Dial(int connection) -> wire.dial(connection);
            case Action.Send(int connection, var message) -> wire.send(connection, Encoder.encode(message));
            case Action.Close(int connection) -> wire.close(connection);
            case Action.Up(int connection, var agreed) -> {
                up = Optional.of(connection);
                negotiated = Optional.of(agreed);
                if (!agreed.restart()) {
                    forgetStale();
                }
                out.up(settings.peering(), agreed);
            }
            case Action.Down(Ended ended) -> {
                boolean kept = negotiated.orElseThrow().restart() && isKept(ended);
                stale.addAll(heard.keySet());
                up = Optional.empty();
                negotiated = Optional.empty();
                out.down();
                if (!kept) {
                    forgetStale();
                }
            }
            case Action.Deliver(int connection, Update update) -> hear(update);
            case Action.Refresh(Family family) -> out.refresh(family);
            case Action.Report report -> {}
        }
    }

    /** RFC 4724, section 4, and RFC 8538, section 4. */
    private boolean isKept(Ended ended) {
        Notification last = switch (ended) {
            case Ended.ByUs(Notification notification) -> notification;
            case Ended.ByNeighbor(Notification notification) -> notification;
            case Ended.InSilence silence -> null;
            case Ended.Lost lost -> null;
        };
        if (last == null) {
            return true;
        }
        boolean hard = last.code() == ErrorCode.HARD_RESET.code() && last.subcode() == ErrorCode.HARD_RESET.subcode();
        return negotiated.orElseThrow().notification() && !hard;
    }

    private void forgetStale() {
        heard.keySet().removeAll(stale);
        stale.clear();
    }

    private void hear(Update update) {
        assertThat(update.withdrawnBecause()).isEmpty();
        update.withdrawn().forEach(heard::remove);
        update.announced().forEach(prefix -> {
            heard.put(prefix, update.attributes().orElseThrow().nextHop().orElseThrow());
            stale.remove(prefix);
        });
        update.endOfRib().ifPresent(family -> {
            heard.keySet().removeIf(prefix -> Family.of(prefix) == family && stale.contains(prefix));
            stale.removeIf(prefix -> Family.of(prefix) == family);
        });
    }

    private void pump() {
        if (up.isEmpty()) {
            return;
        }
        for (Optional<byte[]> next = out.next(); next.isPresent(); next = out.next()) {
            wire.send(up.get(), next.get());
        }
        if (out.settled()) {
            peer.restartOver();
        }
    }
}
