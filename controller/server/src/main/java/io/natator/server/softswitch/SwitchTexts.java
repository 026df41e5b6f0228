package io.natator.server.softswitch;

import io.natator.softswitch.config.Endpoint;
import io.natator.softswitch.config.FailMode;
import io.natator.softswitch.config.PortConfig;
import io.natator.softswitch.config.SessionLogging;
import io.natator.softswitch.config.SwitchConfig;
import io.natator.softswitch.config.TlsFiles;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.io.afpacket.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A software switch as the command line and the daemon's configuration write it. */
record SwitchTexts(
        String datapathId,
        String ports,
        List<String> controllers,
        List<String> listen,
        String failMode,
        String profile,
        String mode,
        Logs logs) {

    /** Where sessions are logged; empty texts: nowhere, or the default. */
    record Logs(String directory, String size, String detail, String ipfix) {}

    /** @throws IllegalArgumentException naming what is wrong and what it may be */
    SwitchConfig config(Optional<TlsFiles> tls) {
        if (!datapathId.matches("(0x)?[0-9a-fA-F]{1,16}")) {
            throw new IllegalArgumentException(
                    "datapath id \"" + datapathId + "\": 1 to 16 hexadecimal digits are needed");
        }
        return new SwitchConfig(
                Long.parseUnsignedLong(datapathId.replaceFirst("^0x", ""), 16),
                PortConfig.parse(ports),
                controllers.stream().map(Endpoint::parse).toList(),
                listen.stream().map(Endpoint::parse).toList(),
                tls,
                choose("fail mode", failMode, FailMode.values()),
                Profile.parse(profile),
                SwitchConfig.ECHO,
                SwitchConfig.SILENCE,
                SessionLogging.parse(logs.directory(), logs.size(), logs.detail(), logs.ipfix()));
    }

    /** @throws IllegalArgumentException naming what there is */
    Mode io() {
        return choose("mode", mode, Mode.values());
    }

    private static <E extends Enum<E>> E choose(String what, String word, E[] all) {
        return Arrays.stream(all)
                .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(what + " \"" + word + "\" is none of "
                        + Arrays.stream(all)
                                .map(e -> e.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
