package io.natator.bgp.bfd.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.bfd.codec.ControlPacket;
import io.natator.bgp.bfd.codec.Parsed;
import io.natator.model.peering.Bfd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Gives a machine any octets as packets of some length. */
public final class AnyPackets {
    private static final int MOST = 52;

    private AnyPackets() {}

    /** @param octets the first one chooses the authentication and the length of packets */
    public static List<BfdAction> into(byte[] octets) {
        if (octets.length == 0) {
            return List.of();
        }
        int first = octets[0] & 0xff;
        Bfd.AuthenticationType[] types = Bfd.AuthenticationType.values();
        int type = first % (types.length + 1);
        Optional<Bfd.Authentication> key =
                type == types.length ? Optional.empty() : Optional.of(new Bfd.Authentication(types[type], 0, "k"));
        BfdSession session = new BfdSession(new BfdSettings(50_000, 50_000, 3, key), 1, new SplittableRandom(1), 0);
        List<BfdAction> actions = new ArrayList<>();
        int length = 1 + first % MOST;
        long now = 0;
        for (int at = 1; at < octets.length; at += length) {
            byte[] packet = Arrays.copyOfRange(octets, at, Math.min(octets.length, at + length));
            now += packet[0] & 0xff;
            if (ControlPacket.parse(packet) instanceof Parsed.Ok ok) {
                actions.addAll(session.received(packet, ok, now));
            }
            now = Math.max(now, Math.min(session.deadline(), Long.MAX_VALUE / 2));
            actions.addAll(session.tick(now));
            // Whatever came: it does not spin.
            assertThat(session.deadline()).isGreaterThan(now);
        }
        return actions;
    }
}
