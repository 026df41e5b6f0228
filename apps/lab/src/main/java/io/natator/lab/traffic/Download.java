package io.natator.lab.traffic;

import io.natator.lab.LabException;
import io.natator.lab.net.Namespace;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An HTTP/1.1 client in a namespace that checks every byte of a {@link HttpSite}. */
public final class Download implements AutoCloseable {
    private static final int CONNECT_MS = 3000;
    private static final int SILENCE_MS = 10_000;

    private final Socket socket;
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private volatile long bytes;
    private volatile boolean stop;

    /**
     * A finished download.
     *
     * @param bytes received, all as they should be
     * @param duration from the request to the last byte
     * @param longestSilence longest time without a byte
     */
    public record Result(long bytes, Duration duration, Duration longestSilence) {}

    private Download(Socket socket) {
        this.socket = socket;
    }

    /** Loads a file of {@code size} bytes and checks it. */
    public static Result file(Namespace from, String server, long size) {
        try (Socket socket = connect(from, server)) {
            return file(socket, server, size);
        } catch (IOException e) {
            throw failed(from, server, e);
        }
    }

    /** The same by a connection that is made. */
    public static Result file(Socket socket, String server, long size) throws IOException {
        InputStream in = get(socket, server, "/file/" + size);
        return read(in, size, System.nanoTime(), null);
    }

    /** The client's address as the server sees it. Who waits for another one asks again: silence ends soon. */
    public static String seenAs(Namespace from, String server) {
        try (Socket socket = connect(from, server)) {
            socket.setSoTimeout(CONNECT_MS);
            return peer(socket, server).getAddress().getHostAddress();
        } catch (IOException e) {
            throw failed(from, server, e);
        }
    }

    /** The client's address and port as the server sees them. */
    static InetSocketAddress peer(Socket socket, String server) throws IOException {
        return Seen.read(new String(get(socket, server, "/peer").readAllBytes(), StandardCharsets.US_ASCII));
    }

    /** True if a TCP connection can be made. */
    public static boolean reaches(Namespace from, String server) {
        try (Socket socket = connect(from, server)) {
            return socket.isConnected();
        } catch (IOException | LabException e) {
            return false;
        }
    }

    /** Begins a download that goes on until {@link #stop}; 10 s of silence break it. */
    public static Download stream(Namespace from, String server) {
        return stream(from, server, Duration.ofMillis(SILENCE_MS));
    }

    /** @param patience the silence that breaks it */
    public static Download stream(Namespace from, String server, Duration patience) {
        Download download = new Download(connect(from, server, patience));
        Thread.ofVirtual().start(() -> {
            try (Socket socket = download.socket) {
                InputStream in = get(socket, server, "/stream");
                download.result.complete(read(in, Long.MAX_VALUE, System.nanoTime(), download));
            } catch (IOException | RuntimeException e) {
                download.result.completeExceptionally(failed(from, server, e));
            }
        });
        return download;
    }

    /** Bytes received so far. */
    public long bytes() {
        return bytes;
    }

    /** Ends the stream; fails if it broke before, or if a byte was wrong. */
    public Result stop() {
        stop = true;
        return result.join();
    }

    @Override
    public void close() {
        stop = true;
    }

    private static Socket connect(Namespace from, String server) {
        return connect(from, server, Duration.ofMillis(SILENCE_MS));
    }

    private static Socket connect(Namespace from, String server, Duration patience) {
        return from.call(() -> {
            Socket socket = new Socket();
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            socket.connect(new InetSocketAddress(server, HttpSite.PORT), CONNECT_MS);
            return socket;
        });
    }

    /** Asks by HTTP/1.0, so that the answer is not chunked, and reads the head of the answer. */
    private static InputStream get(Socket socket, String server, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.0\r\nHost: " + server + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = new BufferedInputStream(socket.getInputStream(), 65536);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the answer ended in its head: " + head);
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 200 ")) {
            throw new IOException(head.toString().lines().findFirst().orElse(""));
        }
        return in;
    }

    private static Result read(InputStream in, long size, long start, Download stream) throws IOException {
        byte[] block = new byte[65536];
        long silence = 0;
        long last = start;
        long at = 0;
        while (at < size && !(stream != null && stream.stop)) {
            int length = in.read(block);
            if (length < 0) {
                throw new IOException("ended after " + at + " bytes");
            }
            for (int i = 0; i < length; i++) {
                if (block[i] != Content.at(at + i)) {
                    throw new IOException("byte " + (at + i) + " is wrong");
                }
            }
            at += length;
            long now = System.nanoTime();
            silence = Math.max(silence, now - last);
            last = now;
            if (stream != null) {
                stream.bytes = at;
            }
        }
        return new Result(at, Duration.ofNanos(last - start), Duration.ofNanos(silence));
    }

    private static LabException failed(Namespace from, String server, Exception e) {
        return new LabException("HTTP from " + from.role() + " to " + server + ": " + e.getMessage(), e);
    }
}
