package io.natator.lab.traffic;

import io.natator.lab.LabException;
import io.natator.lab.net.Namespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Sends each datagram back, and in front of it, on a line of its own, whom it saw. */
public final class UdpEcho implements AutoCloseable {
    /** Where all of them listen. */
    public static final int PORT = 7000;

    private static final int LARGEST = 65_535;

    private final DatagramSocket socket;

    private UdpEcho(DatagramSocket socket) {
        this.socket = socket;
    }

    /** Serves on all addresses of the namespace. */
    public static UdpEcho serve(Namespace namespace) {
        UdpEcho echo = new UdpEcho(namespace.call(() -> new DatagramSocket(PORT)));
        Thread.ofPlatform().daemon().name("echo").start(echo::run);
        return echo;
    }

    private void run() {
        byte[] room = new byte[LARGEST];
        try {
            while (true) {
                DatagramPacket in = new DatagramPacket(room, room.length);
                socket.receive(in);
                byte[] who = Seen.told((InetSocketAddress) in.getSocketAddress());
                byte[] out = Arrays.copyOf(who, who.length + 1 + in.getLength());
                out[who.length] = '\n';
                System.arraycopy(room, 0, out, who.length + 1, in.getLength());
                socket.send(new DatagramPacket(out, out.length, in.getSocketAddress()));
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** Whom the echo at an address saw, by a datagram of this payload, which must come back whole. */
    public static InetSocketAddress ask(DatagramSocket from, String server, byte[] payload) throws IOException {
        DatagramPacket in = Exchange.ask(from, server, PORT, payload);
        int end = 0;
        while (end < in.getLength() && in.getData()[end] != '\n') {
            end++;
        }
        if (!Arrays.equals(in.getData(), end + 1, in.getLength(), payload, 0, payload.length)) {
            throw new LabException("the echo of " + server + " is not what was sent");
        }
        return Seen.read(new String(in.getData(), 0, end, StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        socket.close();
    }
}
