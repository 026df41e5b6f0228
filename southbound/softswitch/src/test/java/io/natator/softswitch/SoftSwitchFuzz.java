package io.natator.softswitch;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.natator.softswitch.agent.AnyMessages;
import io.natator.softswitch.family.AnyFamily;
import io.natator.softswitch.frame.AnyFrame;
import io.natator.softswitch.steps.AnyTranslation;

/** Any octets as a frame that is changed and translated, and as messages of a controller: nothing outside is touched, and nothing is thrown. */
class SoftSwitchFuzz {
    @FuzzTest(maxDuration = "15s")
    void survives(byte[] octets) {
        AnyFrame.into(octets);
        AnyTranslation.into(octets);
        AnyFamily.into(octets);
        AnyMessages.survive(octets);
    }
}
