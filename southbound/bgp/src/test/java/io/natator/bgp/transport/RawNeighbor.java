package io.natator.bgp.transport;

import io.natator.bgp.codec.Capability;
import io.natator.bgp.codec.Decoded;
import io.natator.bgp.codec.Decoder;
import io.natator.bgp.codec.Encoder;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Header;
import io.natator.bgp.codec.Keepalive;
import io.natator.bgp.codec.Message;
import io.natator.bgp.codec.Open;
import io.natator.bgp.codec.UpdateContext;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;

/** A neighbour that does just what the test says: AS 65001, listening on loopback. */
final class RawNeighbor implements AutoCloseable {
    private static final int SMALL_BUFFER = 16 << 10;

    private final ServerSocket listening;
    private Socket socket;
    private DataInputStream in;

    RawNeighbor() throws IOException {
        listening = new ServerSocket();
        listening.setReceiveBufferSize(SMALL_BUFFER);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Takes the next call, and drops what there was. */
    void accept() throws IOException {
        if (socket != null) {
            socket.close();
        }
        socket = listening.accept();
        in = new DataInputStream(socket.getInputStream());
    }

    void establish() throws IOException {
        accept();
        send(new Open(
                65001,
                0,
                1,
                List.of(new Capability.FourOctetAs(65001), new Capability.MultiProtocol(Family.IPV4_UNICAST))));
        send(new Keepalive());
    }

    void send(Message message) throws IOException {
        send(Encoder.encode(message));
    }

    void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    /** The same to one that may have closed the connection. */
    void sendIfItListens(byte[] octets) {
        try {
            send(octets);
        } catch (IOException closed) {
            // Nobody is to hear it.
        }
    }

    /** The next message; waits for it. */
    Message next() throws IOException {
        byte[] header = in.readNBytes(Header.LENGTH);
        if (header.length < Header.LENGTH) {
            throw new IOException("closed");
        }
        byte[] message = Arrays.copyOf(header, Header.length(header));
        in.readFully(message, Header.LENGTH, message.length - Header.LENGTH);
        return switch (Decoder.decode(message, new UpdateContext(true, false))) {
            case Decoded.Ok(var decoded) -> decoded;
            case Decoded.Malformed malformed -> throw new IOException(malformed.toString());
        };
    }

    /** Says nothing more, and reads until nothing more comes; false if that takes {@code millis} without an octet. */
    boolean endsWithin(int millis) throws IOException {
        try {
            socket.setSoTimeout(millis);
            socket.shutdownOutput();
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException stuck) {
            return false;
        } catch (SocketException reset) {
            return true; // It closed before it had read all that we sent.
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
        listening.close();
    }
}
