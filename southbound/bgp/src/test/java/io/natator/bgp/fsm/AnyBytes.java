package io.natator.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.codec.Decoded;
import io.natator.bgp.codec.Decoder;
import io.natator.bgp.codec.Header;
import io.natator.bgp.codec.Keepalive;
import io.natator.bgp.codec.Notification;
import io.natator.bgp.codec.UpdateContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Brings a machine into some state and gives it the rest of the bytes as what the neighbour sent. */
public final class AnyBytes {
    private static final int OPENED = 1;
    private static final int CONFIRMED = 2;
    private static final int FRAMED = 4;

    private AnyBytes() {}

    /**
     * @param octets the first one chooses the state, OpenSent, OpenConfirm or Established, and whether the rest is a
     *     message without its marker and length, for few would guess those
     */
    public static List<Action> into(byte[] octets) {
        int progress = octets.length == 0 ? 0 : octets[0] & 3;
        Settings settings = PeerOnAClock.settings(65000, 65001, 1);
        Peer peer = new Peer(settings, new SplittableRandom(1), 0);
        List<Action> actions = new ArrayList<>(peer.on(new Event.Tick(), 0));
        actions.addAll(peer.on(new Event.Connected(1), 0));
        if (progress >= OPENED) {
            actions.addAll(peer.on(
                    new Event.Received(1, PeerOnAClock.settings(65001, 65000, 2).open(false)), 1));
        }
        if (progress >= CONFIRMED) {
            actions.addAll(peer.on(new Event.Received(1, new Keepalive()), 2));
        }
        boolean framed = octets.length > 1 && (octets[0] & FRAMED) != 0;
        deliver(peer, framed ? framed(octets) : octets, actions);
        // Whatever came: the machine is not stuck.
        actions.addAll(peer.on(new Event.Tick(), peer.deadline()));
        return actions;
    }

    private static byte[] framed(byte[] octets) {
        int length = Math.min(Header.LENGTH - 2 + octets.length, Header.MAX_MESSAGE);
        byte[] message = new byte[1 + length];
        Arrays.fill(message, 1, Header.LENGTH - 2, (byte) 0xff);
        message[Header.LENGTH - 2] = (byte) (length >> 8);
        message[Header.LENGTH - 1] = (byte) length;
        System.arraycopy(octets, 1, message, Header.LENGTH, length - Header.LENGTH + 1);
        return message;
    }

    private static void deliver(Peer peer, byte[] octets, List<Action> actions) {
        int at = Math.min(1, octets.length);
        while (octets.length - at >= Header.LENGTH) {
            byte[] header = Arrays.copyOfRange(octets, at, at + Header.LENGTH);
            int length = Math.clamp(Header.length(header), Header.LENGTH, octets.length - at);
            byte[] message = Arrays.copyOfRange(octets, at, at + length);
            at += length;
            switch (Decoder.decode(message, new UpdateContext(true, false))) {
                case Decoded.Ok(var decoded) -> actions.addAll(peer.on(new Event.Received(1, decoded), 3));
                case Decoded.Malformed malformed -> {
                    List<Action> last = peer.on(new Event.Malformed(1, malformed), 3);
                    assertThat(last.isEmpty() || last.stream().anyMatch(AnyBytes::isNotification))
                            .as("no NOTIFICATION for %s", malformed)
                            .isTrue();
                    actions.addAll(last);
                    return;
                }
            }
        }
    }

    private static boolean isNotification(Action action) {
        return action instanceof Action.Send(int connection, Notification notification);
    }
}
