package io.natator.softswitch;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.natator.softswitch.frame.AnyFrame;

/** Any octets as a frame, and any changes of it: nothing outside is touched, headers and key stay right. */
class SoftSwitchFuzz {
    @FuzzTest(maxDuration = "15s")
    void survives(byte[] octets) {
        AnyFrame.into(octets);
    }
}
