package io.natator.lab.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** HTTP requests one after the other by one connection (RFC 9112, section 9.3). */
final class KeptConnection {
    private KeptConnection() {}

    /** Asks for a file of ten octets. True if it came; false if nothing came within the socket's time. */
    static boolean asks(Socket socket, String server) throws IOException {
        String request = "GET /file/10 HTTP/1.1\r\nHost: " + server + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        try {
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return false;
                }
                head.append((char) next);
            }
            return in.readNBytes(10).length == 10;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
