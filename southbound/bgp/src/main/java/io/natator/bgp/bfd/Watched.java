package io.natator.bgp.bfd;

import io.natator.bgp.bfd.fsm.BfdSession;
import java.util.Optional;

/** A session with its socket. */
final class Watched implements AutoCloseable {
    private final Target target;
    private final BfdSession session;
    private final int fd;
    private final byte[] destination;

    private Watched(Target target, BfdSession session, int fd) {
        this.target = target;
        this.session = session;
        this.fd = fd;
        int port = target.bfd().multihop() ? Receiver.MULTIHOP : Receiver.SINGLE_HOP;
        this.destination = Addresses.of(target.remote(), port);
    }

    /**
     * Each session has a source port of its own (RFC 5881, section 4), and all leave with TTL 255.
     *
     * @param ports tried one after the other
     */
    static Watched open(Target target, BfdSession session, Iterable<Integer> ports) throws Sockets.SocketException {
        int family = Addresses.family(target.remote());
        int fd = Sockets.datagramSocket(family);
        try {
            if (family == Sockets.INET) {
                Sockets.option(fd, Sockets.LEVEL_IP, Sockets.IP_TTL, 255);
            } else {
                Sockets.option(fd, Sockets.LEVEL_IPV6, Sockets.IPV6_UNICAST_HOPS, 255);
            }
            Optional<String> device = target.device();
            if (device.isPresent()) {
                Sockets.bindToDevice(fd, device.get());
            }
            bind(fd, target, ports);
            return new Watched(target, session, fd);
        } catch (Sockets.SocketException e) {
            Sockets.close(fd);
            throw e;
        }
    }

    private static void bind(int fd, Target target, Iterable<Integer> ports) throws Sockets.SocketException {
        int family = Addresses.family(target.remote());
        Optional<Sockets.SocketException> last = Optional.empty();
        for (int port : ports) {
            byte[] address =
                    target.local().map(local -> Addresses.of(local, port)).orElseGet(() -> Addresses.any(family, port));
            try {
                Sockets.bind(fd, address);
                return;
            } catch (Sockets.SocketException e) {
                if (e.number() != Sockets.ADDRESS_IN_USE) {
                    throw e;
                }
                last = Optional.of(e);
            }
        }
        throw last.orElseThrow();
    }

    /** The same session for a target whose settings differ. */
    Watched with(Target other) {
        return new Watched(other, session, fd);
    }

    Target target() {
        return target;
    }

    BfdSession session() {
        return session;
    }

    /** True if the kernel took it. */
    boolean send(byte[] packet) {
        return Sockets.send(fd, packet, destination) >= 0;
    }

    @Override
    public void close() {
        Sockets.close(fd);
    }
}
