package io.natator.bgp.transport;

import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import io.natator.model.peering.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import org.onlab.packet.IpPrefix;

/**
 * Sockets that neighbours connect to: one for all, and one for each device that a session is bound to, for those of a
 * VRF do not reach the other.
 */
final class Listeners {
    private final EventLoop loop;
    private final BiConsumer<Channel, Optional<String>> accepted;
    private Optional<Channel> main = Optional.empty();
    private final Map<String, Channel> byDevice = new HashMap<>();
    /** Prefixes whose keys the sockets have: the kernel keeps them until it is told otherwise. */
    private final Map<Channel, Set<IpPrefix>> signed = new HashMap<>();

    /** @param accepted takes each connection, with the device whose socket it came by */
    Listeners(EventLoop loop, BiConsumer<Channel, Optional<String>> accepted) {
        this.loop = loop;
        this.accepted = accepted;
    }

    /** @throws IOException if the address cannot be had */
    void start(InetSocketAddress address) throws IOException {
        ChannelFuture bound = listen(address, Optional.empty());
        bound.awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen for BGP on " + address.getHostString() + " port " + address.getPort()
                            + ": " + bound.cause().getMessage()
                            + " (another speaker has it, or a port below 1024 needs a privilege)",
                    bound.cause());
        }
        main = Optional.of(bound.channel());
    }

    private ChannelFuture listen(InetSocketAddress address, Optional<String> device) {
        return Tcp.listen(loop, address, device, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                accepted.accept(channel, device);
            }
        });
    }

    OptionalInt port() {
        return main.map(channel -> OptionalInt.of(((InetSocketAddress) channel.localAddress()).getPort()))
                .orElse(OptionalInt.empty());
    }

    /** Listens for these neighbours and members of groups, with their keys. */
    void serve(Collection<Neighbor> neighbors, Collection<PeerGroup> groups) {
        if (main.isEmpty()) {
            return;
        }
        Set<String> devices = new HashSet<>();
        neighbors.forEach(one -> one.peering().transport().bindDevice().ifPresent(devices::add));
        groups.forEach(one -> one.peering().transport().bindDevice().ifPresent(devices::add));
        byDevice.entrySet().removeIf(one -> {
            if (!devices.contains(one.getKey())) {
                one.getValue().close();
                signed.remove(one.getValue());
            }
            return !devices.contains(one.getKey());
        });
        devices.stream().filter(device -> !byDevice.containsKey(device)).forEach(this::add);
        keys(main.get(), Optional.empty(), neighbors, groups);
        byDevice.forEach((device, channel) -> keys(channel, Optional.of(device), neighbors, groups));
    }

    private void keys(
            Channel socket, Optional<String> device, Collection<Neighbor> neighbors, Collection<PeerGroup> groups) {
        Tcp.keys(socket, keys(neighbors, device));
        Map<IpPrefix, byte[]> wanted = new HashMap<>();
        for (PeerGroup group : groups) {
            Optional<byte[]> key = key(group.peering().transport(), device);
            key.ifPresent(octets -> group.dynamicPrefixes().forEach(prefix -> wanted.put(prefix, octets)));
        }
        for (IpPrefix before : signed.getOrDefault(socket, Set.of())) {
            if (!wanted.containsKey(before)) {
                Tcp.forgetKey(socket, before);
            }
        }
        wanted.forEach((prefix, octets) -> Tcp.key(socket, prefix, octets));
        signed.put(socket, Set.copyOf(wanted.keySet()));
    }

    private void add(String device) {
        ChannelFuture bound = listen((InetSocketAddress) main.orElseThrow().localAddress(), Optional.of(device));
        byDevice.put(device, bound.channel());
        bound.addListener(done -> {
            if (!done.isSuccess()) {
                // Said why already. We still call the neighbours there ourselves.
                byDevice.remove(device, bound.channel());
                signed.remove(bound.channel());
            }
        });
    }

    private static Map<InetAddress, byte[]> keys(Collection<Neighbor> neighbors, Optional<String> device) {
        Map<InetAddress, byte[]> keys = new HashMap<>();
        for (Neighbor neighbor : neighbors) {
            key(neighbor.peering().transport(), device)
                    .ifPresent(octets -> keys.put(neighbor.address().toInetAddress(), octets));
        }
        return keys;
    }

    /** One that is bound to no device may come by any. */
    private static Optional<byte[]> key(Transport transport, Optional<String> device) {
        boolean here =
                transport.bindDevice().isEmpty() || transport.bindDevice().equals(device);
        return transport.password().filter(text -> here).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    void close() {
        main.ifPresent(Channel::close);
        byDevice.values().forEach(Channel::close);
    }
}
