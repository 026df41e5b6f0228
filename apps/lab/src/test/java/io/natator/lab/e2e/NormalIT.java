package io.natator.lab.e2e;

import io.natator.lab.topology.Variant;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The switch forwards by itself, between the hosts' own gateway and the router. */
class NormalIT extends ModeTests {
    @RegisterExtension
    static final Live LIVE = new Live(Variant.NORMAL);

    @Override
    Live live() {
        return LIVE;
    }
}
