package io.natator.lab.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * BIND 9 as the name server of {@value #ZONE} in a namespace: every name in it has one address, and {@value #LARGE} has a text
 * of {@value #LARGE_OCTETS} octets, which no packet of 1,500 holds.
 */
public final class Named {
    /** What it is asked for. */
    public static final String ZONE = "example.test";

    /** A name with much text. */
    public static final String LARGE = "large.example.test";

    /** Length of that text, counts of its strings included. */
    public static final int LARGE_OCTETS = 15 * 201;

    private Named() {}

    /** Starts it, and waits until it serves. */
    public static void start(Inventory inventory, Namespace namespace, String address) {
        Path dir = inventory.dir().resolve("named-" + namespace.role());
        dir.toFile().mkdirs();
        try {
            Files.writeString(dir.resolve("zone"), zone(address));
            Files.writeString(dir.resolve("named.conf"), config(dir));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Pid process = namespace.start(
                "named",
                List.of(
                        "named",
                        "-f",
                        "-n",
                        "1",
                        "-c",
                        dir.resolve("named.conf").toString()));
        Wait.until("named to serve", () -> Files.exists(dir.resolve("named.pid")) || !process.isAlive());
    }

    private static String zone(String address) {
        String text = ("\"" + "x".repeat(200) + "\" ").repeat(LARGE_OCTETS / 201);
        return """
                $TTL 60
                @ IN SOA ns hostmaster 1 3600 600 86400 60
                @ IN NS ns
                ns IN A %1$s
                * IN A %1$s
                large IN TXT ( %2$s )
                """.formatted(address, text);
    }

    private static String config(Path dir) {
        return """
                options {
                  directory "%1$s";
                  pid-file "%1$s/named.pid";
                  session-keyfile "%1$s/session.key";
                  managed-keys-directory "%1$s";
                  listen-on { any; };
                  listen-on-v6 { none; };
                  recursion no;
                  notify no;
                  max-udp-size 4096;
                };
                controls { };
                logging { channel all { file "%1$s/named.log"; severity info; }; category default { all; }; };
                zone "%2$s" { type primary; file "%1$s/zone"; };
                """.formatted(dir, ZONE);
    }
}
