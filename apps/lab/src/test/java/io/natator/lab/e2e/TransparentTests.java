package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The switch as a bump in the wire: hosts keep a gateway address that the router does not have. */
abstract class TransparentTests extends ModeTests {
    @Override
    void routeInside(Family family) {
        // The router asks on behalf of its own, translated, address: what it hears would be translated, too.
        network().router().ip("route", "replace", family.insideBlock, "dev", "s1");
        network()
                .router()
                .ip("neigh", "replace", family.h1, "lladdr", network().h1().mac("eth0"), "dev", "s1");
    }

    @Override
    String translation(Family family) {
        return """
                name: translations/%s
                inside: "%s"
                outside: "%s"
                gateways: ["%s"]
                devices: [devices/s1]
                announce: {routes: NONE}
                """.formatted(family.translation, family.insideBlock, family.outsideBlock, family.gateway);
    }

    @ParameterizedTest
    @EnumSource
    void translatesAddressResolution(Family family) {
        network().h1().ip("neigh", "flush", "dev", "eth0");
        network().router().ip("neigh", "flush", "dev", "s1");
        assertNothingLost(network().h1(), family.gateway);
        assertNothingLost(network().client(), family.h1Outside);
        assertThat(network().h1().ip("neigh"))
                .contains(family.gateway + " dev eth0 lladdr "
                        + network().router().mac("s1"))
                .doesNotContain(family.gatewayOutside + " ");
        assertThat(network().router().ip("neigh", "show", "dev", "s1"))
                .contains(family.h1Outside + " lladdr " + network().h1().mac("eth0"));
    }
}
