package io.natator.packet;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.natator.packet.Decoded.Ok;
import java.util.Arrays;

/** Any frame: decoders return what is wrong, and what they accept they can write again. */
class PacketFuzz {
    @FuzzTest(maxDuration = "10s")
    void frames(byte[] frame) {
        AllDecoders.decode(frame);
        if (Ethernet.decode(frame) instanceof Ok<Ethernet>(Ethernet e) && !Arrays.equals(e.encode(), frame)) {
            throw new AssertionError("a frame changed by decoding and encoding");
        }
    }
}
