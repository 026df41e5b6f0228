package io.natator.bgp.transport;

import io.natator.bgp.Counter;
import io.natator.bgp.Counters;
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
import io.natator.bgp.ribin.HeardPrefixes;
import io.natator.bgp.ribout.RibOut;
import io.natator.bgp.ribout.Routes;
import io.natator.model.intent.Neighbor;
import io.natator.model.southbound.NeighborEvent;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.onlab.packet.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One neighbour: carries out what its machine wants, and keeps its routes flowing. Confined to the event loop. */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    /** Counts of routes are told at most so often while they change. */
    private static final long TELL_MILLIS = 100;

    private final Neighbor neighbor;
    private final Peer peer;
    private final EventLoop loop;
    private final Counters counters;
    private final Consumer<NeighborEvent> events;
    private final Observers observers;
    private final RibOut ribOut;
    private final HeardPrefixes heard = new HeardPrefixes();
    private final Map<Integer, Connection> connections = new HashMap<>();
    private final Map<Integer, Channel> dialling = new HashMap<>();

    private Routes routes = Routes.NONE;
    private Optional<Connection> up = Optional.empty();
    private Optional<SessionObserver.Opened> opened = Optional.empty();
    private List<Family> families = List.of();
    private String heldBack = "";
    private String lastReason = "";
    private Optional<Future<?>> timer = Optional.empty();
    private long timerAt = Long.MAX_VALUE;
    private long handed;
    private boolean abandoned;
    private boolean acting;
    private boolean telling;
    private boolean pumping;

    Session(
            Neighbor neighbor,
            Peer peer,
            EventLoop loop,
            Counters counters,
            Consumer<NeighborEvent> events,
            Observers observers) {
        this.neighbor = neighbor;
        this.peer = peer;
        this.loop = loop;
        this.counters = counters;
        this.events = events;
        this.observers = observers;
        this.ribOut = new RibOut(neighbor.peering().localAs());
    }

    Neighbor neighbor() {
        return neighbor;
    }

    /** A connection that the neighbour made; {@link Connection} is to be put in its pipeline. */
    Connection accept(Channel channel) {
        Connection connection = new Connection(this, peer.newConnection(), channel, true);
        connections.put(connection.number(), connection);
        return connection;
    }

    void on(Event event) {
        if (abandoned) {
            return;
        }
        if (acting) {
            loop.execute(() -> on(event)); // What comes of an action comes after the other actions.
            return;
        }
        acting = true;
        boolean accepting = event instanceof Event.Accepted;
        for (Action action : peer.on(event, System.nanoTime())) {
            if (accepting && action instanceof Action.Close) {
                counters.add(Counter.CONNECTIONS_REFUSED);
            }
            act(action);
        }
        acting = false;
        switch (event) {
            case Event.Malformed malformed -> counters.add(Counter.MESSAGES_MALFORMED);
            case Event.Received(int connection, Notification notification) ->
                counters.add(Counter.NOTIFICATIONS_RECEIVED);
            default -> {}
        }
        schedule();
    }

    /** The complete set of routes. */
    void want(Routes wanted) {
        // The set comes whole each time: only what is refused more than before is news.
        counters.add(Counter.ROUTES_REFUSED, Math.max(0, wanted.refusals() - routes.refusals()));
        counters.add(Counter.ROUTES_SHADOWED, Math.max(0, wanted.shadowed() - routes.shadowed()));
        routes = wanted;
        ribOut.want(wanted);
        tellHeldBack();
        pump();
    }

    /** Ends the session for good; the neighbour forgets our routes. */
    void stop(ErrorCode cease, String why) {
        peer.stop(cease, why).forEach(this::act);
        schedule();
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
            case Action.Deliver(Update update) -> deliver(update);
            case Action.Refresh(Family family) -> {
                LOG.info("neighbor {}: {} routes are wanted again", neighbor.id(), family.label());
                ribOut.refresh(family);
                pump();
            }
            case Action.Report(var state, String reason, List<Family> negotiated) -> report(state, reason, negotiated);
        }
    }

    private void dial(int number) {
        if (neighbor.peering().transport().password().isPresent() && !Tcp.hasMd5()) {
            loop.execute(() -> on(new Event.Lost(number, "TCP MD5 needs netty's epoll library, which did not load")));
            return;
        }
        InetSocketAddress remote = new InetSocketAddress(neighbor.address().toInetAddress(), neighbor.port());
        ChannelFuture future = Tcp.connect(
                loop,
                remote,
                neighbor.peering().transport().localAddress().map(IpAddress::toInetAddress),
                neighbor.peering().transport().password().map(text -> text.getBytes(StandardCharsets.UTF_8)),
                new DialledInitializer(this, number));
        dialling.put(number, future.channel());
        future.addListener(done -> {
            boolean wanted = dialling.remove(number) != null;
            if (!done.isSuccess() && wanted) {
                on(new Event.Lost(number, Reasons.dial(done.cause(), neighbor)));
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
            counters.add(Counter.NOTIFICATIONS_SENT);
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
        } else if (message instanceof Update
                && up.filter(current -> current == connection).isPresent()) {
            observers.all(observer -> observer.received(neighbor.id(), octets));
        }
    }

    /** Shows a new observer what is there already. */
    void showTo(SessionObserver observer) {
        opened.ifPresent(session -> {
            observers.one(observer, it -> it.up(session));
            ribOut.replay(update -> observers.one(observer, it -> it.sent(neighbor.id(), update)));
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
        counters.add(Counter.SESSIONS_ESTABLISHED);
        LOG.info("neighbor {}: session established, {}", neighbor.id(), labels(negotiated.families()));
        lastReason = "";
        up = Optional.of(connection);
        families = negotiated.families();
        heard.clear();
        handed = 0;
        ribOut.up(negotiated);
        SessionObserver.Opened session =
                connection.opened(neighbor.id(), neighbor.peering().peerAs(), negotiated);
        opened = Optional.of(session);
        observers.all(observer -> observer.up(session));
        tell();
        // After the report that the session is up.
        loop.execute(this::tellHeldBack);
        loop.execute(this::pump);
    }

    private void down(Ended ended) {
        counters.add(Counter.SESSIONS_ENDED);
        up = Optional.empty();
        opened = Optional.empty();
        observers.all(observer -> observer.down(neighbor.id(), ended));
        families = List.of();
        heldBack = "";
        heard.clear();
        handed = 0;
        ribOut.down();
        tell();
    }

    private void deliver(Update update) {
        counters.add(Counter.UPDATES_RECEIVED);
        counters.add(Counter.ATTRIBUTES_DISCARDED, update.discarded());
        if (!update.withdrawnBecause().isEmpty()) {
            counters.add(Counter.UPDATES_TREATED_AS_WITHDRAW);
            LOG.warn("neighbor {}: an UPDATE was treated as withdrawal: {}", neighbor.id(), update.withdrawnBecause());
        }
        long uncounted = heard.uncounted();
        heard.apply(update);
        counters.add(Counter.PREFIXES_UNCOUNTED, heard.uncounted() - uncounted);
        tell();
    }

    /** Writes UPDATEs as long as the kernel takes them; goes on when it takes more. */
    void pump() {
        if (pumping) {
            return; // Flushing below may call back when the channel becomes writable again.
        }
        pumping = true;
        while (up.isPresent() && up.get().writable()) {
            Optional<byte[]> update = ribOut.next();
            if (update.isEmpty()) {
                break;
            }
            counters.add(Counter.UPDATES_SENT);
            Connection connection = up.get();
            long toldThen = ribOut.told();
            observers.all(observer -> observer.sent(neighbor.id(), update.get()));
            connection.write(update.get(), () -> handed(connection, toldThen));
            if (!connection.writable()) {
                connection.flush();
            }
        }
        pumping = false;
        up.ifPresent(Connection::flush);
        if (ribOut.settled()) {
            peer.restartOver();
        }
    }

    private void handed(Connection connection, long count) {
        if (up.filter(current -> current == connection).isPresent()) {
            handed = count;
            tell();
        }
    }

    private void tell() {
        if (!telling) {
            telling = true;
            loop.schedule(this::tellNow, TELL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tellNow() {
        telling = false;
        events.accept(new NeighborEvent.Routes(neighbor.id(), handed, heard.count()));
    }

    private void report(NeighborEvent.State state, String reason, List<Family> negotiated) {
        if (reason.isEmpty()) {
            LOG.debug("neighbor {}: {}", neighbor.id(), state);
        } else if (!reason.equals(lastReason)) {
            // A neighbour that stays away is logged once, not with each attempt.
            LOG.warn("neighbor {}: {}: {}", neighbor.id(), state, reason);
            lastReason = reason;
        }
        events.accept(new NeighborEvent.StateChanged(neighbor.id(), state, reason, labels(negotiated)));
    }

    /** Says which routes this session does not carry, and why; once for each change. */
    private void tellHeldBack() {
        List<String> reasons = new ArrayList<>();
        for (Family family : Family.values()) {
            long count = families.isEmpty() || families.contains(family) ? 0 : routes.count(family);
            if (count > 0) {
                reasons.add(count + " routes are not announced: the neighbour does not speak " + family.label());
            }
        }
        if (routes.refusals() > 0) {
            reasons.add(routes.refusals() + " routes are not announced: " + String.join("; ", routes.refused()));
        }
        String now = String.join("; ", reasons);
        if (up.isPresent() && !now.equals(heldBack)) {
            heldBack = now;
            report(NeighborEvent.State.ESTABLISHED, now, families);
        }
    }

    private static List<String> labels(List<Family> families) {
        return families.stream().map(Family::label).toList();
    }

    private void schedule() {
        long deadline = peer.deadline();
        if (deadline >= timerAt) {
            return; // An early tick does nothing but schedule the next one.
        }
        timer.ifPresent(future -> future.cancel(false));
        timerAt = deadline;
        long delay = Math.max(0, deadline - System.nanoTime());
        timer = Optional.of(loop.schedule(this::tick, delay, TimeUnit.NANOSECONDS));
    }

    private void tick() {
        timerAt = Long.MAX_VALUE;
        timer = Optional.empty();
        on(new Event.Tick());
    }
}
