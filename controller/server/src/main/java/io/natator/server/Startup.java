package io.natator.server;

import io.natator.server.config.ConfigException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** What can go wrong at the start, in words. */
public final class Startup {
    private Startup() {}

    /** The error of an address that cannot be had. */
    public static ConfigException cannotListen(String key, String address, IOException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String why = String.valueOf(cause.getMessage());
        String remedy = why.contains("in use")
                ? "another process has it: stop that one, or change " + key
                : "change " + key + " to an address of this machine that may be used";
        return new ConfigException(key + ": cannot listen on " + address + " (" + why + "); " + remedy);
    }

    /** True if a process listens at a socket file. */
    static boolean answers(Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            return false;
        }
    }
}
