package io.natator.bgp.bfd.fsm;

import io.natator.bgp.bfd.codec.Authentication;
import io.natator.bgp.bfd.codec.ControlPacket;
import io.natator.bgp.bfd.codec.Parsed;
import io.natator.model.peering.Bfd;
import java.util.random.RandomGenerator;

/** Sequence numbers of authenticated packets, both ways (RFC 5880, sections 6.7.3, 6.7.4 and 6.8.1). */
final class Sequences {
    /** A packet may be so many detection multipliers ahead. */
    private static final int WINDOW = 3;

    private int sent;
    private int received;
    private boolean known;

    Sequences(RandomGenerator random) {
        sent = random.nextInt();
    }

    byte[] seal(ControlPacket packet, Bfd.Authentication key) {
        // Allowed for all types, and needed by the meticulous ones.
        return Authentication.seal(packet, key, ++sent);
    }

    /** True if {@code payload} is genuine and not older than what came before. */
    boolean accept(byte[] payload, Parsed.Ok parsed, Bfd.Authentication key, int detectMultiplier) {
        if (!parsed.authenticated() || !Authentication.genuine(payload, parsed.length(), key)) {
            return false;
        }
        if (!Authentication.sequenced(key.type())) {
            return true;
        }
        int sequence = Authentication.sequence(payload);
        if (known) {
            int ahead = sequence - received;
            int least = Authentication.meticulous(key.type()) ? 1 : 0;
            if (ahead < least || ahead > WINDOW * detectMultiplier) {
                return false;
            }
        }
        known = true;
        received = sequence;
        return true;
    }

    /** Nothing was heard for so long that the remote side may have started anew. */
    void forget() {
        known = false;
    }
}
