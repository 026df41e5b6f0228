package io.natator.bgp.transport;

import io.natator.bgp.Counter;
import io.natator.bgp.SessionObserver;
import io.natator.bgp.codec.Encoder;
import io.natator.bgp.codec.ErrorCode;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Message;
import io.natator.bgp.codec.Notification;
import io.natator.bgp.codec.Open;
import io.natator.bgp.codec.Update;
import io.natator.bgp.fsm.Action;
import io.natator.bgp.fsm.Ended;
import io.natator.bgp.fsm.Event;
import io.natator.bgp.fsm.Negotiated;
import io.natator.bgp.fsm.Peer;
import io.natator.bgp.fsm.Settings;
import io.natator.model.intent.Neighbor;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One neighbour: carries out what its machine wants. Confined to the event loop. */
final class Session implements Feed.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Neighbor neighbor;
    private final Peer peer;
    private final Shared shared;
    private final Consumer<Session> quiet;
    private final Hearing hearing;
    private final Feed feed;
    private final Reporter reporter;
    private final Map<Integer, Connection> connections = new HashMap<>();
    private final Map<Integer, Channel> dialling = new HashMap<>();

    private Optional<SessionObserver.Opened> opened = Optional.empty();
    private Optional<Future<?>> timer = Optional.empty();
    private long timerAt = Long.MAX_VALUE;
    private boolean abandoned;
    /** The neighbour has connected to us at least once. */
    private boolean called;

    private boolean acting;

    /** @param quiet told when an event leaves no connection of one who had called */
    Session(Neighbor neighbor, Settings settings, Shared shared, Consumer<Session> quiet) {
        this.neighbor = neighbor;
        this.shared = shared;
        this.quiet = quiet;
        peer = new Peer(settings, shared.random().split(), System.nanoTime());
        hearing = new Hearing(neighbor.peering().imports(), shared.counters());
        feed = new Feed(
                shared.rib().neighbor(neighbor.id()),
                shared.loop(),
                shared.counters(),
                shared::generation,
                settings.timers().sendHold(),
                this);
        reporter = new Reporter(neighbor.id(), shared, feed, hearing);
    }

    Neighbor neighbor() {
        return neighbor;
    }

    /** A connection that the neighbour made; {@link Connection} is to be put in its pipeline. */
    Connection accept(Channel channel) {
        Connection connection = new Connection(this, peer.newConnection(), channel, true);
        connections.put(connection.number(), connection);
        called = true;
        return connection;
    }

    void on(Event event) {
        if (abandoned) {
            return;
        }
        if (acting) {
            shared.loop().execute(() -> on(event)); // What comes of an action comes after the other actions.
            return;
        }
        acting = true;
        for (Action action : peer.on(event, System.nanoTime())) {
            if (event instanceof Event.Accepted(int accepted) && action.equals(new Action.Close(accepted))) {
                shared.counters().add(Counter.CONNECTIONS_REFUSED);
            }
            act(action);
        }
        acting = false;
        switch (event) {
            case Event.Malformed malformed -> shared.counters().add(Counter.MESSAGES_MALFORMED);
            case Event.Received(int connection, Notification notification) ->
                shared.counters().add(Counter.NOTIFICATIONS_RECEIVED);
            default -> {}
        }
        schedule();
        if (called && connections.isEmpty()) {
            quiet.accept(this);
        }
    }

    /** What is announced has changed. */
    void routesChanged() {
        reporter.moved();
        feed.pump();
        settle();
    }

    /** Writes what the kernel takes. */
    void pump() {
        feed.pump();
        settle();
    }

    private void settle() {
        if (feed.isSettled()) {
            peer.restartOver();
        }
    }

    /** Ends the session for good. {@code keep} is that of {@link Peer#stop}. */
    void stop(Notification cease, boolean keep, String why) {
        peer.stop(cease, keep, why).forEach(this::act);
        schedule();
        reporter.last();
    }

    /** Not to be made, nor accepted, for good. */
    void disable(String why) {
        peer.stop(Notification.of(ErrorCode.ADMINISTRATIVE_SHUTDOWN), false, why)
                .forEach(this::act);
    }

    /** Ends all connections without a word; the neighbour keeps our routes for a while. */
    void abandon() {
        abandoned = true;
        timer.ifPresent(future -> future.cancel(false));
        connections.values().forEach(Connection::closeGently);
        List<Channel> unfinished = List.copyOf(dialling.values());
        dialling.clear();
        unfinished.forEach(Channel::close);
    }

    private void act(Action action) {
        switch (action) {
            case Action.Dial(int connection) -> dial(connection);
            case Action.Send(int connection, Message message) -> send(connection, message);
            case Action.Close(int connection) -> close(connection);
            case Action.Up(int connection, Negotiated negotiated) -> up(connection, negotiated);
            case Action.Down(Ended ended) -> down(ended);
            case Action.Deliver(int connection, Update update) -> deliver(connection, update);
            case Action.Refresh(Family family) -> {
                LOG.info("neighbor {}: {} routes are wanted again", neighbor.id(), family.label());
                feed.ribOut().refresh(family);
                feed.pump();
            }
            case Action.Report(var state, String reason) -> reporter.state(state, reason);
        }
    }

    private void dial(int number) {
        Optional<String> impossible = Tcp.problem(neighbor.peering().transport());
        if (impossible.isPresent()) {
            shared.loop().execute(() -> on(new Event.Lost(number, impossible.get())));
            return;
        }
        DialledInitializer initializer = new DialledInitializer(this, number);
        ChannelFuture future = Tcp.connect(shared.loop(), neighbor, initializer);
        dialling.put(number, future.channel());
        future.addListener(done -> {
            boolean wanted = dialling.remove(number) != null;
            if (!done.isSuccess() && wanted) {
                connections.remove(number);
                String problem = initializer.problem();
                on(new Event.Lost(number, problem.isEmpty() ? Reasons.dial(done.cause(), neighbor) : problem));
            } else if (wanted) {
                on(new Event.Connected(number));
            } else {
                future.channel().close();
            }
        });
    }

    /** For {@link DialledInitializer}. */
    Connection dialled(int number, Channel channel) {
        Connection connection = new Connection(this, number, channel, false);
        connections.put(number, connection);
        return connection;
    }

    private void send(int number, Message message) {
        Connection connection = connections.get(number);
        if (connection == null) {
            return;
        }
        if (message instanceof Notification notification) {
            shared.counters().add(Counter.NOTIFICATIONS_SENT);
            LOG.info("neighbor {}: sending {}", neighbor.id(), notification.words());
        }
        byte[] octets = Encoder.encode(message);
        if (message instanceof Open) {
            connection.sentOpen(octets);
        }
        connection.write(octets, () -> {});
        connection.flush();
    }

    /** A message came, and this is what it is on the wire. */
    void saw(Connection connection, Message message, byte[] octets) {
        if (message instanceof Open) {
            connection.receivedOpen(octets);
        } else if (message instanceof Update && feed.isUp(connection)) {
            shared.observers().all(observer -> observer.received(neighbor.id(), octets));
        }
    }

    /** Shows a new observer what is there already. */
    void showTo(SessionObserver observer) {
        opened.ifPresent(session -> {
            shared.observers().one(observer, it -> it.up(session));
            feed.ribOut().replay(update -> shared.observers().one(observer, it -> it.sent(neighbor.id(), update)));
        });
    }

    private void close(int number) {
        Channel unfinished = dialling.remove(number);
        Connection connection = connections.remove(number);
        if (unfinished != null) {
            unfinished.close();
        } else if (connection != null) {
            connection.closeGently();
        }
    }

    private void up(int number, Negotiated negotiated) {
        Connection connection = connections.get(number);
        connection.context(negotiated.context());
        shared.counters().add(Counter.SESSIONS_ESTABLISHED);
        hearing.clear();
        reporter.up(negotiated);
        feed.up(connection, neighbor.peering(), negotiated);
        SessionObserver.Opened session =
                connection.opened(neighbor.id(), neighbor.peering().peerAs(), negotiated);
        opened = Optional.of(session);
        shared.observers().all(observer -> observer.up(session));
        // After the report that the session is up.
        shared.loop().execute(this::pump);
    }

    private void down(Ended ended) {
        shared.counters().add(Counter.SESSIONS_ENDED);
        opened = Optional.empty();
        hearing.clear();
        feed.down();
        reporter.down();
        shared.observers().all(observer -> observer.down(neighbor.id(), ended));
    }

    private void deliver(int connection, Update update) {
        if (!update.withdrawnBecause().isEmpty()) {
            shared.counters().add(Counter.UPDATES_TREATED_AS_WITHDRAW);
            LOG.warn("neighbor {}: an UPDATE was treated as withdrawal: {}", neighbor.id(), update.withdrawnBecause());
        }
        Optional<Notification> tooMany = hearing.hear(update, shared.rib()::isAnnounced);
        reporter.moved();
        tooMany.ifPresent(notification -> on(new Event.TooMuch(
                connection,
                notification,
                "the neighbour announced more than the "
                        + neighbor.peering().imports().maxPrefixes() + " prefixes that it may")));
    }

    // ---- Feed.Owner ----

    @Override
    public void sent(byte[] message) {
        shared.observers().all(observer -> observer.sent(neighbor.id(), message));
    }

    @Override
    public void moved() {
        reporter.moved();
    }

    @Override
    public void stuck(Connection connection, String reason) {
        shared.counters().add(Counter.SESSIONS_STUCK);
        on(new Event.Stuck(connection.number(), reason));
    }

    // ---- time ----

    private void schedule() {
        long deadline = peer.deadline();
        if (deadline >= timerAt) {
            return; // An early tick does nothing but schedule the next one.
        }
        timer.ifPresent(future -> future.cancel(false));
        timerAt = deadline;
        long delay = Math.max(0, deadline - System.nanoTime());
        timer = Optional.of(shared.loop().schedule(this::tick, delay, TimeUnit.NANOSECONDS));
    }

    private void tick() {
        timerAt = Long.MAX_VALUE;
        timer = Optional.empty();
        on(new Event.Tick());
    }
}
