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

    @Override
    void routeInside(Family family) {
        network().router().ip("route", "replace", family.insideBlock, "via", family.linkNextHop);
    }

    @Override
    String translation(Family family) {
        return """
                name: translations/%s
                inside: "%s"
                outside: "%s"
                devices: [devices/s1]
                announce: {routes: AGGREGATE}
                """.formatted(family.translation, family.insideBlock, family.outsideBlock);
    }
}
