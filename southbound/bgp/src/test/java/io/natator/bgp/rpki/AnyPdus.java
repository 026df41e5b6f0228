package io.natator.bgp.rpki;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.rpki.codec.PduCodec;
import io.natator.bgp.rpki.codec.RtrDecoded;
import io.natator.bgp.rpki.fsm.RtrAction;
import io.natator.bgp.rpki.fsm.RtrClient;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Gives a client any octets as what its cache sends. */
public final class AnyPdus {
    private AnyPdus() {}

    /** Each PDU takes some of them: it ends. */
    public static List<RtrAction> into(byte[] octets) {
        RtrClient client = new RtrClient();
        List<RtrAction> actions = new ArrayList<>(client.connected(0));
        ByteBuffer in = ByteBuffer.wrap(octets);
        while (in.hasRemaining()) {
            switch (PduCodec.decode(in)) {
                case RtrDecoded.Ok ok -> {
                    assertThat(ok.length()).isPositive();
                    in.position(in.position() + ok.length());
                    actions.addAll(client.received(ok.pdu(), 1));
                }
                case RtrDecoded.Bad bad -> {
                    actions.addAll(client.malformed(bad, 1));
                    assertThat(actions).contains(new RtrAction.Close());
                    return actions;
                }
                case RtrDecoded.More more -> {
                    return actions;
                }
            }
        }
        return actions;
    }
}
