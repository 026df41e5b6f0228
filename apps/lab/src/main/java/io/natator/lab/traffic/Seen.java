package io.natator.lab.traffic;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** How a server tells whom it saw: {@code ADDRESS PORT}, in ASCII. */
final class Seen {
    private Seen() {}

    static byte[] told(InetSocketAddress address) {
        return (address.getAddress().getHostAddress() + " " + address.getPort()).getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads what {@link #told} wrote; the zone of a link-local address is left out. */
    static InetSocketAddress read(String text) {
        String[] words = text.strip().split(" ", 2);
        return new InetSocketAddress(InetAddress.ofLiteral(words[0].replaceAll("%.*", "")), Integer.parseInt(words[1]));
    }
}
