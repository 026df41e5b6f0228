package io.natator.lab.traffic;

import io.natator.lab.net.Namespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Finds out how a NAT maps and filters UDP, as RFC 5780 does (sections 4.3 and 4.4): a server with two addresses and two
 * ports says whom it saw, and answers from where it is asked to. What it speaks is text, not STUN.
 */
public final class BehaviorProbe implements AutoCloseable {
    private static final int PORT = 3478;
    private static final int OTHER_PORT = 3479;
    private static final int ATTEMPTS = 5;
    private static final int PATIENCE_MILLIS = 1_000;
    /** For an answer that is not to come: longer than one that does. */
    private static final int SILENCE_MILLIS = 500;

    /** What a mapping, or a filter, depends on. */
    public enum Behavior {
        ENDPOINT_INDEPENDENT,
        ADDRESS_DEPENDENT,
        ADDRESS_AND_PORT_DEPENDENT
    }

    private final InetAddress address;
    private final InetAddress other;
    /** By place: address and port, address and other port, other address and port, both other. */
    private final List<DatagramSocket> sockets;

    private BehaviorProbe(InetAddress address, InetAddress other, List<DatagramSocket> sockets) {
        this.address = address;
        this.other = other;
        this.sockets = sockets;
    }

    /** Serves in a namespace that has both addresses. */
    public static BehaviorProbe serve(Namespace namespace, String address, String other) {
        InetAddress first = InetAddress.ofLiteral(address);
        InetAddress second = InetAddress.ofLiteral(other);
        BehaviorProbe probe = new BehaviorProbe(
                first,
                second,
                List.of(
                        socket(namespace, first, PORT),
                        socket(namespace, first, OTHER_PORT),
                        socket(namespace, second, PORT),
                        socket(namespace, second, OTHER_PORT)));
        for (DatagramSocket socket : probe.sockets) {
            Thread.ofPlatform().daemon().name("behavior").start(() -> probe.answer(socket));
        }
        return probe;
    }

    private static DatagramSocket socket(Namespace namespace, InetAddress address, int port) {
        return namespace.call(() -> new DatagramSocket(new InetSocketAddress(address, port)));
    }

    /** A request is one digit: by which socket the answer shall leave. */
    private void answer(DatagramSocket socket) {
        try {
            while (true) {
                DatagramPacket in = new DatagramPacket(new byte[1], 1);
                socket.receive(in);
                InetSocketAddress from = (InetSocketAddress) in.getSocketAddress();
                byte[] out =
                        (from.getAddress().getHostAddress() + " " + from.getPort()).getBytes(StandardCharsets.US_ASCII);
                sockets.get(in.getData()[0] - '0').send(new DatagramPacket(out, out.length, from));
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** What a new socket's mapping depends on. */
    public Behavior mapping(DatagramSocket fresh) throws IOException {
        String first = ask(fresh, address, PORT, 0);
        String second = ask(fresh, other, PORT, 2);
        if (first.equals(second)) {
            return Behavior.ENDPOINT_INDEPENDENT;
        }
        return second.equals(ask(fresh, other, OTHER_PORT, 3))
                ? Behavior.ADDRESS_DEPENDENT
                : Behavior.ADDRESS_AND_PORT_DEPENDENT;
    }

    /** What the filter in front of a new socket's mapping depends on. */
    public Behavior filtering(DatagramSocket fresh) throws IOException {
        ask(fresh, address, PORT, 0);
        if (hears(fresh, 3)) {
            return Behavior.ENDPOINT_INDEPENDENT;
        }
        return hears(fresh, 1) ? Behavior.ADDRESS_DEPENDENT : Behavior.ADDRESS_AND_PORT_DEPENDENT;
    }

    private static String ask(DatagramSocket socket, InetAddress to, int port, int by) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        for (int attempt = 1; ; attempt++) {
            send(socket, to, port, by);
            try {
                return receive(socket);
            } catch (SocketTimeoutException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Whether an answer by another socket than the one asked comes; the one asked shows that nothing was lost on the way. */
    private boolean hears(DatagramSocket socket, int by) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            send(socket, address, PORT, by);
            socket.setSoTimeout(SILENCE_MILLIS);
            try {
                receive(socket);
                return true;
            } catch (SocketTimeoutException e) {
                ask(socket, address, PORT, 0);
            }
        }
        return false;
    }

    private static void send(DatagramSocket socket, InetAddress to, int port, int by) throws IOException {
        byte[] request = {(byte) ('0' + by)};
        socket.send(new DatagramPacket(request, 1, to, port));
    }

    private static String receive(DatagramSocket socket) throws IOException {
        DatagramPacket in = new DatagramPacket(new byte[64], 64);
        socket.receive(in);
        return new String(in.getData(), 0, in.getLength(), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        sockets.forEach(DatagramSocket::close);
    }
}
