package io.natator.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.natator.bgp.bfd.fsm.AnyPackets;
import io.natator.bgp.fsm.AnyBytes;

/** Any bytes, in any state of a session: an action of the machine, never an exception; and no more from BFD. */
class BgpFuzz {
    @FuzzTest(maxDuration = "10s")
    void survives(byte[] octets) {
        assertThat(AnyBytes.into(octets)).isNotNull();
        assertThat(AnyPackets.into(octets)).isNotNull();
    }
}
