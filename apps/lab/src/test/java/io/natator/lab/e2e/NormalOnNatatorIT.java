package io.natator.lab.e2e;

import io.natator.lab.net.SwitchKind;
import io.natator.lab.topology.Variant;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Natator's software switch forwards by itself, between the hosts' own gateway and the router. */
class NormalOnNatatorIT extends ModeTests {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.NORMAL, SwitchKind.NATATOR);

    @Override
    Live live() {
        return LIVE;
    }
}
