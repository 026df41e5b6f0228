package io.natator.bgp.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** What BIRD 2.0.12 (AS 4200000001) sent in a session: its routes, their withdrawals, a refresh, a shutdown. */
final class Recorded {
    private static final String FILE = "bird-2.0.12.hex";
    static final UpdateContext CONTEXT = new UpdateContext(true, false);

    private Recorded() {}

    static List<byte[]> messages() {
        try (InputStream in = Recorded.class.getResourceAsStream(FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> HexFormat.of().parseHex(line.substring(line.indexOf(' ') + 1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
