package io.natator.openflow;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.natator.openflow.codec.Framing;
import io.natator.openflow.codec.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Any bytes from a switch, before it said hello and after it is up: framing and every decoder, and never an exception. */
class OpenFlowFuzz {
    @FuzzTest(maxDuration = "20s")
    void survives(byte[] octets) {
        Simulation fresh = new Simulation(1);
        fresh.connectSilently();
        feed(fresh, Unpooled.wrappedBuffer(octets));
        Simulation up = new Simulation(1);
        up.connect();
        up.desire(1, TestRules.transparent());
        feed(up, Unpooled.wrappedBuffer(octets));
        if (octets.length > 0) { // the same as the body of a well-framed message, so that decoders get their share
            up.fromSwitch(FakeSwitch.message(
                    octets[0] & 31, 5, Unpooled.wrappedBuffer(octets, 1, Math.min(octets.length - 1, 65_000))));
            up.fromSwitch(FakeSwitch.message(
                    Wire.MULTIPART_REPLY, 5, Unpooled.wrappedBuffer(octets, 0, Math.min(octets.length, 65_000))));
        }
    }

    private static void feed(Simulation sim, ByteBuf bytes) {
        int length = Framing.next(bytes);
        while (length > 0) {
            sim.fromSwitch(bytes.readSlice(length));
            length = Framing.next(bytes);
        }
    }
}
