package io.natator.lab.traffic;

import io.natator.lab.LabException;
import io.natator.lab.net.Namespace;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many hosts that one namespace plays: each address of 10.1.0.0/16 that it is routed is one. */
public final class Crowd {
    private static final int CONNECT_MILLIS = 15_000;
    private static final int AT_ONCE = 8;

    /** What a host does. */
    public interface Task<T> {
        T of(InetAddress host) throws IOException;
    }

    private final Namespace namespace;
    private final String server;

    /** @param server whom they all speak to: a {@link HttpSite}, an {@link UdpEcho}, a name server */
    public Crowd(Namespace namespace, String server) {
        this.namespace = namespace;
        this.server = server;
    }

    /** A host by number, from 0: 10.1.0.1 to 10.1.0.250, 10.1.1.1 and so on. */
    public static InetAddress host(int number) {
        return InetAddress.ofLiteral("10.1.%d.%d".formatted(number / 250, number % 250 + 1));
    }

    public Namespace namespace() {
        return namespace;
    }

    /** A UDP socket of a host. */
    public DatagramSocket socket(InetAddress host) {
        return namespace.call(() -> new DatagramSocket(new InetSocketAddress(host, 0)));
    }

    /** A TCP connection of a host to the server's site. */
    public Socket connect(InetAddress host) {
        return namespace.call(() -> {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(host, 0));
            socket.setSoTimeout(CONNECT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(server), HttpSite.PORT), CONNECT_MILLIS);
            return socket;
        });
    }

    /** Has the first {@code count} hosts do something, eight at a time, each once; what they returned, in their order. */
    public static <T> List<T> each(int count, Task<T> task) {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                InetAddress host = host(i);
                running.add(threads.submit(() -> task.of(host)));
            }
            List<T> done = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                done.add(result(running.get(i), host(i)));
            }
            return done;
        }
    }

    private static <T> T result(Future<T> running, InetAddress host) {
        try {
            return running.get();
        } catch (ExecutionException e) {
            throw new LabException(host.getHostAddress() + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    /** Whom the server saw when a host asked it by HTTP. */
    public InetSocketAddress get(InetAddress host) throws IOException {
        try (Socket socket = connect(host)) {
            return Download.peer(socket, server);
        }
    }

    /** Whom the server saw by a datagram, which must come back whole. */
    public InetSocketAddress ask(DatagramSocket socket, byte[] payload) throws IOException {
        return UdpEcho.ask(socket, server, payload);
    }

    /** The address of a name, as the server tells it. */
    public InetAddress resolve(InetAddress host, String name) throws IOException {
        try (DatagramSocket socket = socket(host)) {
            return Dns.address(socket, server, name);
        }
    }

    /** Pings the server from a host. True if all three were answered. */
    public boolean pings(InetAddress host) {
        return namespace
                .attempt("ping", "-n", "-c3", "-i0.2", "-W5", "-I", host.getHostAddress(), server)
                .out()
                .contains(" 0% packet loss");
    }
}
