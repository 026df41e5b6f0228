package io.natator.bgp.transport;

import io.natator.model.intent.Neighbor;
import java.net.ConnectException;
import java.util.Locale;

/** Why TCP failed, for people. */
final class Reasons {
    private Reasons() {}

    static String dial(Throwable cause, Neighbor neighbor) {
        String where = neighbor.address() + " port " + neighbor.port();
        String message = String.valueOf(cause.getMessage());
        String low = message.toLowerCase(Locale.ROOT);
        if (cause instanceof ConnectException && low.contains("refused")) {
            return "TCP connection refused: no BGP speaker listens at " + where;
        }
        if (low.contains("no route") || low.contains("unreachable")) {
            return "no route to " + where;
        }
        if (low.contains("cannot assign") || low.contains("bind")) {
            return "the local address "
                    + neighbor.peering()
                            .transport()
                            .localAddress()
                            .map(Object::toString)
                            .orElse("chosen") + " is not this machine's";
        }
        return "no TCP connection to " + where + ": " + message;
    }
}
