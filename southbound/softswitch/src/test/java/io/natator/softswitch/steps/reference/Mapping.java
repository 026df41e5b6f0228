package io.natator.softswitch.steps.reference;

import java.util.HashMap;
import java.util.Map;

/** Which outside port an inside one has, and with whom it speaks. */
final class Mapping {
    /**
     * What it depends on (RFC 4787, section 4.1).
     *
     * @param remote empty if it does not matter
     * @param remotePort 0 if it does not matter
     */
    record Key(int protocol, Party inside, String remote, int remotePort) {}

    final Key key;
    final Party outside;
    /** A static forward. */
    final boolean isForward;
    /** By remote. */
    final Map<Party, Tracked> sessions = new HashMap<>();
    /** Without sessions its port rests until then, and is nobody else's. */
    long restsUntil;

    Mapping(Key key, Party outside, boolean isForward) {
        this.key = key;
        this.outside = outside;
        this.isForward = isForward;
    }

    int protocol() {
        return key.protocol;
    }

    Party inside() {
        return key.inside;
    }

    boolean isOf(String host) {
        return key.inside.address().equals(host);
    }

    /** TCP, UDP and ICMP have ports, or what does their work. */
    boolean hasPort() {
        return hasPort(key.protocol);
    }

    static boolean hasPort(int protocol) {
        return protocol == 1 || protocol == 6 || protocol == 17;
    }

    /** Limits count ports of TCP, of UDP, and of all else. */
    static int space(int protocol) {
        return protocol == 6 ? 0 : protocol == 17 ? 1 : 2;
    }
}
