package io.natator.server.softswitch;

import io.natator.server.config.Config;
import io.natator.server.config.ConfigException;
import io.natator.softswitch.SoftSwitch;
import io.natator.softswitch.config.Endpoint;
import io.natator.softswitch.config.SwitchConfig;
import io.natator.softswitch.control.ControlSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The software switch within the daemon: it connects to the daemon as any other switch would. */
public final class EmbeddedSwitch {
    private EmbeddedSwitch() {}

    /**
     * Checks the configuration without starting anything.
     *
     * @throws ConfigException naming what is wrong
     */
    public static void check(Config.SoftSwitch config) {
        if (!config.ports().isEmpty()) {
            try {
                SwitchTexts texts = texts(config, List.of());
                var _ = texts.config(Optional.empty());
                var _ = texts.io();
            } catch (IllegalArgumentException e) {
                throw new ConfigException("softswitch: " + e.getMessage());
            }
        }
    }

    /**
     * Starts it, if one is configured.
     *
     * @param controller where the daemon listens for switches
     * @throws ConfigException if it cannot start
     */
    public static Optional<SoftSwitch> start(Config.SoftSwitch config, InetSocketAddress controller) {
        if (config.ports().isEmpty()) {
            return Optional.empty();
        }
        String host = controller.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : controller.getAddress().getHostAddress();
        Endpoint self = new Endpoint.Inet(host, controller.getPort(), false);
        SwitchTexts texts = texts(config, List.of(self.toString()));
        try {
            SwitchConfig checked = texts.config(Optional.empty());
            Path control = config.control().isEmpty()
                    ? ControlSockets.of(ControlSockets.DIRECTORY, checked.datapathId())
                    : Path.of(config.control());
            return Optional.of(SoftSwitch.start(checked, texts.io(), Optional.of(control)));
        } catch (IOException e) {
            throw new ConfigException("softswitch: " + e.getMessage());
        }
    }

    private static SwitchTexts texts(Config.SoftSwitch config, List<String> controllers) {
        return new SwitchTexts(
                config.datapathId(),
                config.ports(),
                controllers,
                config.listen(),
                config.failMode(),
                config.profile(),
                config.mode(),
                new SwitchTexts.Logs(
                        config.sessionLog(), config.sessionLogSize(), config.sessionLogDetail(), config.ipfix()));
    }
}
