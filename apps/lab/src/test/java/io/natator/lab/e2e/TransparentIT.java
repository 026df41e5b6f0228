package io.natator.lab.e2e;

import io.natator.lab.net.SwitchKind;
import io.natator.lab.topology.Variant;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Transparent, on Open vSwitch. */
class TransparentIT extends TransparentTests {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.TRANSPARENT, SwitchKind.OVS);

    @Override
    Live live() {
        return LIVE;
    }
}
