package io.natator.lab.e2e;

import io.natator.lab.net.SwitchKind;
import io.natator.lab.topology.Variant;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routed, on Natator's software switch. */
class RoutedOnNatatorIT extends RoutedTests {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.ROUTED, SwitchKind.NATATOR);

    @Override
    Live live() {
        return LIVE;
    }
}
