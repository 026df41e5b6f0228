package io.natator.lab.e2e;

import io.natator.lab.net.SwitchKind;
import io.natator.lab.topology.Variant;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routed, on Open vSwitch. */
class RoutedIT extends RoutedTests {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.ROUTED, SwitchKind.OVS);

    @Override
    Live live() {
        return LIVE;
    }
}
