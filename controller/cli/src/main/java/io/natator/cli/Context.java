package io.natator.cli;

import io.grpc.ManagedChannel;
import io.natator.cli.output.Terminal;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;

/**
 * The world of one command: tests bring their own.
 *
 * @param terminal where output goes
 * @param stdin what {@code -f -} reads
 * @param environment environment variables
 * @param clock for ages and timeouts
 * @param connector opens a channel to an address as given with {@code --server}
 */
public record Context(
        Terminal terminal,
        InputStream stdin,
        Map<String, String> environment,
        InstantSource clock,
        Function<String, ManagedChannel> connector) {}
