package io.natator.bgp.bmp;

import java.time.Duration;

/**
 * Where to tell what sessions do.
 *
 * @param host of the collector, name or address
 * @param port TCP, 1 to 65535
 * @param systemName what this speaker is called there
 * @param statistics how often routes are counted for the collector
 * @param bufferOctets what waits for a slow collector; what is beyond ends the connection, and all is told anew
 */
public record BmpConfig(String host, int port, String systemName, Duration statistics, int bufferOctets) {
    private static final int BUFFER = 16 << 20;

    /** Statistics each minute, 16 MiB. */
    public static BmpConfig of(String host, int port, String systemName) {
        return new BmpConfig(host, port, systemName, Duration.ofMinutes(1), BUFFER);
    }
}
