package io.natator.lab.e2e;

import io.natator.lab.topology.Variant;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In the role of hardware. */
class HardwareIT extends HardwareTests {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.NORMAL);

    @Override
    Live live() {
        return LIVE;
    }
}
