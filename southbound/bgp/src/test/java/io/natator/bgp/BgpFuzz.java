package io.natator.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.natator.bgp.bfd.fsm.AnyPackets;
import io.natator.bgp.fsm.AnyBytes;
import io.natator.bgp.rpki.AnyPdus;

/** Any bytes, in any state of a session: an action of the machine, never an exception; and no more from BFD or RPKI-to-Router. */
class BgpFuzz {
    @FuzzTest(maxDuration = "10s")
    void survives(byte[] octets) {
        assertThat(AnyBytes.into(octets)).isNotNull();
        assertThat(AnyPackets.into(octets)).isNotNull();
        assertThat(AnyPdus.into(octets)).isNotNull();
    }
}
