package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Shell;
import io.natator.lab.traffic.Pinger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The switch as the hosts' gateway and the router's next hop. */
abstract class RoutedTests extends ModeTests {
    @ParameterizedTest
    @EnumSource
    void answersWhenTimeToLiveIsExceeded(Family family) {
        Shell.Result fromInside = network().h1().attempt("ping", "-n", "-c1", "-W2", "-t1", family.client);
        assertThat(fromInside.out())
                .containsIgnoringCase("From " + family.gateway)
                .containsIgnoringCase("time");
        // The router is the first hop, the switch the second.
        Shell.Result fromOutside = network().client().attempt("ping", "-n", "-c1", "-W2", "-t2", family.h1Outside);
        assertThat(fromOutside.out())
                .containsIgnoringCase("From " + family.linkNextHop)
                .containsIgnoringCase("time");
    }

    @ParameterizedTest
    @EnumSource
    void tellsThatAHostDoesNotAnswer(Family family) {
        String nobody = family.h1Outside + "9"; // …109, …::109
        Shell.Result ping = network().client().attempt("ping", "-n", "-c1", "-W6", nobody);
        assertThat(ping.out())
                .containsIgnoringCase("From " + family.linkNextHop)
                .containsAnyOf("Destination Host Unreachable", "Destination unreachable: Address unreachable");
    }

    @ParameterizedTest
    @EnumSource
    void losesNoPacketWhileAHostIsAskedFor(Family family) {
        String inside = family.h1 + "8/" + family.bits();
        network().h1().address("eth0", inside);
        try {
            Pinger.Report first = Pinger.ping(network().client(), family.h1Outside + "8", 1);
            assertThat(first.lost()).as("%s", first).isEmpty();
        } finally {
            network().h1().ip("addr", "del", inside, "dev", "eth0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void gatewayAnswersPings(Family family) {
        assertNothingLost(network().h1(), family.gateway);
    }

    @Test
    void answersArpWithoutController() {
        assertNothingLost(network().h1(), Family.IPV4.client);
        live().lab().daemon().kill();
        try {
            network().h1().ip("neigh", "flush", "dev", "eth0");
            network().router().ip("neigh", "flush", "dev", "s1");
            assertNothingLost(network().h1(), Family.IPV4.client);
            assertNothingLost(network().client(), Family.IPV4.h1Outside);
        } finally {
            live().lab().daemon().start();
        }
    }
}
