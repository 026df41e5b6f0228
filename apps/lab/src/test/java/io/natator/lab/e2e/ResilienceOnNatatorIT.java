package io.natator.lab.e2e;

import io.natator.lab.net.SwitchKind;
import io.natator.lab.topology.Variant;
import org.junit.jupiter.api.extension.RegisterExtension;

/** As it fails, on Natator's software switch. */
class ResilienceOnNatatorIT extends ResilienceTests {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.NORMAL, SwitchKind.NATATOR);

    @Override
    Live live() {
        return LIVE;
    }
}
