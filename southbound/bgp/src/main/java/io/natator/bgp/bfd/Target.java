package io.natator.bgp.bfd;

import io.natator.model.intent.Neighbor;
import io.natator.model.peering.Bfd;
import java.net.InetAddress;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/**
 * One neighbour whose path is watched.
 *
 * @param id the neighbour's
 * @param local source address; the kernel's choice if empty
 * @param device that packets leave and come by, or its VRF
 */
public record Target(String id, InetAddress remote, Optional<InetAddress> local, Optional<String> device, Bfd bfd) {
    /** Empty where BFD is off, or the neighbour is. */
    public static Optional<Target> of(Neighbor neighbor) {
        Bfd bfd = neighbor.peering().bfd();
        return bfd.enabled() && neighbor.peering().enabled()
                ? Optional.of(new Target(
                        neighbor.id(),
                        neighbor.address().toInetAddress(),
                        neighbor.peering().transport().localAddress().map(IpAddress::toInetAddress),
                        neighbor.peering().transport().bindDevice(),
                        bfd))
                : Optional.empty();
    }

    /** True if the same session can be told the settings of {@code other}. */
    boolean samePath(Target other) {
        return remote.equals(other.remote)
                && local.equals(other.local)
                && device.equals(other.device)
                && bfd.multihop() == other.bfd.multihop();
    }

    /** True if a packet between these addresses may be of this neighbour. */
    boolean between(Datagram datagram, boolean multihop) {
        return bfd.multihop() == multihop
                && remote.equals(datagram.remote())
                && local.map(datagram.local()::equals).orElse(true);
    }

    /** Why there is no socket for it, in words. */
    String words(Sockets.SocketException e) {
        int port = bfd.multihop() ? Receiver.MULTIHOP : Receiver.SINGLE_HOP;
        return switch (e.number()) {
            case Sockets.ADDRESS_IN_USE -> "another BFD daemon here has UDP port " + port;
            case Sockets.CANNOT_ASSIGN ->
                "this host has not the address " + local.orElse(remote).getHostAddress();
            case Sockets.NO_SUCH_DEVICE -> "this host has no device " + device.orElse("");
            default -> e.getMessage();
        };
    }
}
