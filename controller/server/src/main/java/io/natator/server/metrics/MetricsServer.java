package io.natator.server.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.natator.server.Startup;
import io.natator.server.config.Config;
import io.natator.server.config.Listen;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;

/** {@code GET /metrics} in the text format of Prometheus. */
public final class MetricsServer implements AutoCloseable {
    private final String listen;
    private final Figures figures;
    private final ExecutorService threads;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private HttpServer server;

    @Inject
    MetricsServer(Config config, Figures figures, ExecutorService threads) {
        this.listen = config.metrics().listen();
        this.figures = figures;
        this.threads = threads;
    }

    /** @throws io.natator.server.config.ConfigException if the address cannot be had */
    public void start() {
        if (listen.isEmpty()) {
            return;
        }
        try {
            server = HttpServer.create(Listen.parse("metrics.listen", listen), 0);
        } catch (IOException e) {
            throw Startup.cannotListen("metrics.listen", listen, e);
        }
        figures.bindTo(registry);
        server.createContext("/metrics", this::scrape);
        server.setExecutor(threads);
        server.start();
    }

    private void scrape(HttpExchange exchange) throws IOException {
        try (exchange) {
            figures.bindNew(registry);
            byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, text.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(text);
            }
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
    }
}
