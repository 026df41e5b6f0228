package io.natator.softswitch.config;

import io.natator.softswitch.flow.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A software switch.
 *
 * @param datapathId by which controllers know it
 * @param controllers to connect to
 * @param listen where controllers, and people with {@code ovs-ofctl}, may come
 * @param tls needed for endpoints that begin with {@code ssl:}
 * @param echo a controller silent for so long is asked for a sign of life
 * @param silence a controller silent for so long is given up
 * @param sessionLogging where sessions are logged
 */
public record SwitchConfig(
        long datapathId,
        List<PortConfig> ports,
        List<Endpoint> controllers,
        List<Endpoint> listen,
        Optional<TlsFiles> tls,
        FailMode failMode,
        Profile profile,
        Duration echo,
        Duration silence,
        SessionLogging sessionLogging) {
    /** Unless said otherwise: echo after 5 s, given up after 15 s. */
    public static final Duration ECHO = Duration.ofSeconds(5);

    public static final Duration SILENCE = Duration.ofSeconds(15);

    public SwitchConfig {
        ports = List.copyOf(ports);
        controllers = List.copyOf(controllers);
        listen = List.copyOf(listen);
        if (tls.isEmpty() && controllers.stream().anyMatch(Endpoint::encrypted)) {
            throw new IllegalArgumentException("ssl: needs the switch's key and certificate, and the authority's");
        }
    }
}
