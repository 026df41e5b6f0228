package io.natator.bgp.transport;

import io.natator.bgp.Counter;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import io.natator.model.peering.Transport;
import io.natator.model.southbound.NeighborEvent;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.onlab.packet.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who calls: a neighbour, one of a group that becomes one, or nobody that we know. */
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final int MAX_STRANGERS = 256;
    /** Calls of others than configured neighbours that are looked at. */
    private static final int CALLS_PER_SECOND = 200;

    private final Map<String, Session> sessions;
    private final Shared shared;
    private final Function<Neighbor, Session> open;
    private final Map<String, PeerGroup> groups = new LinkedHashMap<>();
    private List<Neighbor> configured = List.of();
    /** Those who called, by id. */
    private final Map<String, Neighbor> dynamic = new LinkedHashMap<>();

    private Consumer<List<Neighbor>> present = all -> {};

    private final Budget budget = new Budget(CALLS_PER_SECOND, System.nanoTime());
    /** Those that were logged: each once, so that no one can fill the log. */
    private final Set<InetAddress> strangers = new HashSet<>();

    Reception(Map<String, Session> sessions, Shared shared, Function<Neighbor, Session> open) {
        this.sessions = sessions;
        this.shared = shared;
        this.open = open;
    }

    /** @param listener told the complete set of those who called, whenever it changes */
    void onCallers(Consumer<List<Neighbor>> listener) {
        present = listener;
    }

    private void dynamicChanged() {
        present.accept(List.copyOf(dynamic.values()));
    }

    void configured(Collection<Neighbor> complete) {
        configured = List.copyOf(complete);
        complete.forEach(neighbor -> dynamic.remove(neighbor.id()));
        dynamicChanged();
    }

    /** The complete set; returns sessions that are not of it any more. */
    List<Session> groups(Collection<PeerGroup> complete) {
        groups.clear();
        complete.forEach(group -> groups.put(group.id(), group));
        List<Session> gone = new ArrayList<>();
        for (Neighbor neighbor : List.copyOf(dynamic.values())) {
            PeerGroup group = groups.get(neighbor.group().orElseThrow());
            if (group == null
                    || !group.admits(neighbor.address())
                    || !group.dynamic(neighbor.address()).equals(neighbor)) {
                dynamic.remove(neighbor.id());
                gone.add(sessions.get(neighbor.id()));
            }
        }
        dynamicChanged();
        return gone;
    }

    /** Those whose calls are expected by name. */
    List<Neighbor> callers() {
        return configured;
    }

    /** Those of whose members calls are expected. */
    Collection<PeerGroup> groups() {
        return groups.values();
    }

    boolean isDynamic(Neighbor neighbor) {
        return dynamic.containsKey(neighbor.id());
    }

    /** A neighbour that appeared and has no connection any more is forgotten. */
    void quiet(Session session) {
        Neighbor neighbor = session.neighbor();
        if (dynamic.remove(neighbor.id(), neighbor)) {
            session.abandon();
            sessions.remove(neighbor.id());
            shared.tell(new NeighborEvent.Vanished(neighbor.id()));
            dynamicChanged();
        }
    }

    /** @param device whose socket it came by */
    void accepted(Channel channel, Optional<String> device) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        Optional<Session> session = owner(remote, (InetSocketAddress) channel.localAddress(), device);
        if (session.isEmpty() && !budget.take(System.nanoTime())) {
            shared.counters().add(Counter.CONNECTIONS_LIMITED);
            channel.close();
            return;
        }
        session = session.or(() -> appear(IpAddress.valueOf(remote.getAddress()), device));
        if (session.isEmpty()) {
            shared.counters().add(Counter.CONNECTIONS_FROM_STRANGERS);
            if (strangers.size() < MAX_STRANGERS && strangers.add(remote.getAddress())) {
                LOG.warn(
                        "refused a connection from {}, which is no neighbour",
                        remote.getAddress().getHostAddress());
            }
            channel.close();
            return;
        }
        admit(channel, session.get(), remote.getAddress());
    }

    private void admit(Channel channel, Session session, InetAddress remote) {
        Transport transport = session.neighbor().peering().transport();
        Optional<String> problem = Tcp.problem(transport);
        try {
            Tcp.configure(channel, transport, remote);
        } catch (ChannelException refused) {
            problem = Optional.of("socket options of the connection: " + refused.getMessage());
        }
        if (problem.isPresent()) {
            LOG.warn(
                    "neighbor {}: refused its connection: {}",
                    session.neighbor().id(),
                    problem.get());
            shared.counters().add(Counter.CONNECTIONS_REFUSED);
            channel.close();
            return;
        }
        channel.pipeline().addLast(session.accept(channel));
    }

    /** A member of a group that calls for the first time. */
    private Optional<Session> appear(IpAddress address, Optional<String> device) {
        for (PeerGroup group : groups.values()) {
            boolean fits = group.admits(address)
                    && group.peering()
                            .transport()
                            .bindDevice()
                            .map(name -> device.filter(name::equals).isPresent())
                            .orElse(true);
            if (!fits) {
                continue;
            }
            Neighbor neighbor = group.dynamic(address);
            long members = dynamic.values().stream()
                    .filter(one -> one.group().equals(neighbor.group()))
                    .count();
            if (members >= group.maxDynamic() || sessions.containsKey(neighbor.id())) {
                shared.counters().add(Counter.NEIGHBORS_BEYOND_LIMIT);
                return Optional.empty();
            }
            dynamic.put(neighbor.id(), neighbor);
            shared.tell(new NeighborEvent.Appeared(neighbor.id(), group.id(), address));
            Session session = open.apply(neighbor);
            dynamicChanged();
            return Optional.of(session);
        }
        return Optional.empty();
    }

    /**
     * The neighbour of that address; of several, the one that is bound to that device, then the one whose configured
     * local address is {@code local}. One that is bound to a device comes by no other.
     */
    private Optional<Session> owner(InetSocketAddress remote, InetSocketAddress local, Optional<String> device) {
        return sessions.values().stream()
                .filter(session -> session.neighbor().address().toInetAddress().equals(remote.getAddress()))
                .filter(session -> bound(session).isEmpty() || bound(session).equals(device))
                .max(Comparator.comparing((Session session) -> bound(session).isPresent())
                        .thenComparing(session -> session.neighbor()
                                .peering()
                                .transport()
                                .localAddress()
                                .map(IpAddress::toInetAddress)
                                .equals(Optional.of(local.getAddress()))));
    }

    private static Optional<String> bound(Session session) {
        return session.neighbor().peering().transport().bindDevice();
    }
}
