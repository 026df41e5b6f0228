package io.natator.lab.e2e;

import io.natator.lab.net.SwitchKind;
import io.natator.lab.topology.Variant;
import org.junit.jupiter.api.extension.RegisterExtension;

/** As hardware, on Natator's software switch. */
class HardwareOnNatatorIT extends HardwareTests {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.NORMAL, SwitchKind.NATATOR);

    @Override
    Live live() {
        return LIVE;
    }
}
