package io.natator.lab.traffic;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;

/** A question by UDP, asked again while nobody answers: either may be lost on its way. */
final class Exchange {
    private static final int LARGEST = 65_535;
    private static final int ATTEMPTS = 10;
    private static final int PATIENCE_MILLIS = 2_000;

    private Exchange() {}

    /**
     * The next datagram that comes to the socket after the question went out, whoever it is from.
     *
     * @param server IPv4 or IPv6 address
     * @throws SocketTimeoutException if none comes, however often it is asked
     */
    static DatagramPacket ask(DatagramSocket from, String server, int port, byte[] question) throws IOException {
        from.setSoTimeout(PATIENCE_MILLIS);
        DatagramPacket out = new DatagramPacket(question, question.length, InetAddress.ofLiteral(server), port);
        DatagramPacket in = new DatagramPacket(new byte[LARGEST], LARGEST);
        for (int attempt = 1; ; attempt++) {
            from.send(out);
            try {
                from.receive(in);
                return in;
            } catch (SocketTimeoutException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
