package io.natator.lab.traffic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Wait;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server in a namespace. {@code /file/N} is a file of N bytes; {@code /peer} tells the client's address and
 * port as the server sees them; {@code /stream} never ends: one block every 20 ms. Bytes follow {@link Content}.
 */
public final class HttpSite implements AutoCloseable {
    /** Where all sites listen. */
    public static final int PORT = 8080;

    private static final int BLOCK = 4096;

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private HttpSite(HttpServer server) {
        this.server = server;
    }

    /** Serves on all addresses of the namespace, IPv4 and IPv6. */
    public static HttpSite serve(Namespace namespace) {
        HttpSite site = new HttpSite(namespace.call(() -> HttpServer.create(new InetSocketAddress(PORT), 64)));
        site.server.setExecutor(site.executor);
        site.server.createContext("/file/", HttpSite::file);
        site.server.createContext("/peer", HttpSite::peer);
        site.server.createContext("/stream", HttpSite::stream);
        site.server.start();
        return site;
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private static void file(HttpExchange exchange) throws IOException {
        try (exchange) {
            long size = Long.parseLong(exchange.getRequestURI().getPath().substring("/file/".length()));
            exchange.sendResponseHeaders(200, size);
            byte[] block = new byte[65536];
            for (long at = 0; at < size; at += block.length) {
                Content.fill(block, at);
                exchange.getResponseBody().write(block, 0, (int) Math.min(block.length, size - at));
            }
        }
    }

    private static void peer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] answer = Seen.told(exchange.getRemoteAddress());
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static void stream(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[BLOCK];
            for (long at = 0; !Thread.currentThread().isInterrupted(); at += BLOCK) {
                Content.fill(block, at);
                exchange.getResponseBody().write(block);
                exchange.getResponseBody().flush();
                Wait.pause(Duration.ofMillis(20));
            }
        }
    }
}
