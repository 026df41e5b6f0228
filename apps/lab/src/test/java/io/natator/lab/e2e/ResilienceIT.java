package io.natator.lab.e2e;

import io.natator.lab.topology.Variant;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What fails around the switch, and the switch itself. */
class ResilienceIT extends ResilienceTests {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.NORMAL);

    @Override
    Live live() {
        return LIVE;
    }
}
