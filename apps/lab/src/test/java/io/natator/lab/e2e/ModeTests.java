package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Namespace;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Network;
import io.natator.lab.traffic.Download;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds in every mode, for IPv4 and IPv6. */
@Tag("e2e")
abstract class ModeTests {
    private static final long MEGABYTES = 5_000_000;

    abstract Live live();

    /** The router's way to hosts under their inside addresses, for what is not translated. */
    void routeInside(Family family) {
        network().router().ip("route", "replace", family.insideBlock, "via", family.linkNextHop);
    }

    Network network() {
        return live().network();
    }

    @BeforeEach
    void translate() {
        live().applyExample();
    }

    @ParameterizedTest
    @EnumSource
    void pingsBothWays(Family family) {
        assertNothingLost(network().h1(), family.client);
        assertNothingLost(network().h2(), family.client);
        assertNothingLost(network().client(), family.h1Outside);
        assertNothingLost(network().client(), family.h2Outside);
    }

    @ParameterizedTest
    @EnumSource
    void downloadsBothWaysAndShowsOutsideAddress(Family family) {
        assertThat(Download.file(network().h1(), family.client, MEGABYTES).bytes())
                .isEqualTo(MEGABYTES);
        assertThat(Download.file(network().client(), family.h1Outside, MEGABYTES)
                        .bytes())
                .isEqualTo(MEGABYTES);
        assertSeen(network().h1(), family.client, family.h1Outside);
        assertSeen(network().h2(), family.client, family.h2Outside);
        // Who calls from outside keeps his address.
        assertSeen(network().client(), family.h1Outside, family.client);
    }

    @ParameterizedTest
    @EnumSource
    void hairpins(Family family) {
        assertNothingLost(network().h1(), family.h2Outside);
        assertNothingLost(network().h2(), family.h1Outside);
        assertSeen(network().h1(), family.h2Outside, family.h1Outside);
    }

    @ParameterizedTest
    @EnumSource
    void leavesLocalTrafficAlone(Family family) {
        assertNothingLost(network().h1(), family.h2);
        assertSeen(network().h1(), family.h2, family.h1);
    }

    @ParameterizedTest
    @EnumSource
    void leavesExemptDestinationsAlone(Family family) {
        String host = family.exempt + "/" + family.bits();
        network().client().address("eth0", host);
        routeInside(family);
        String original = translation(family);
        live().apply(original + "exempt_destinations: [\"" + host + "\"]\n");
        live().awaitActive(family.translation);
        try {
            Wait.until(
                    "the exemption to show",
                    () -> seen(network().h1(), family.exempt).equals(family.h1));
            assertSeen(network().h1(), family.client, family.h1Outside);
        } finally {
            live().apply(original);
            network().client().ip("addr", "del", host, "dev", "eth0");
        }
        live().awaitActive(family.translation);
    }

    /** The translation of the example, as YAML without exempt destinations. */
    String translation(Family family) {
        return """
                name: translations/%s
                inside: "%s"
                outside: "%s"
                devices: [devices/s1]
                announce: {routes: AGGREGATE}
                """.formatted(family.translation, family.insideBlock, family.outsideBlock);
    }

    void assertNothingLost(Namespace from, String target) {
        var report = live().ping(from, target);
        assertThat(report.lost())
                .as("%s -> %s: %s", from.role(), target, report)
                .isEmpty();
    }

    void assertSeen(Namespace from, String server, String expected) {
        assertThat(seen(from, server))
                .as("%s as %s sees it", from.role(), server)
                .isEqualTo(expected);
    }

    private static String seen(Namespace from, String server) {
        try {
            // Java writes IPv6 addresses without "::".
            return normal(Download.seenAs(from, server));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static String normal(String address) throws UnknownHostException {
        return org.onlab.packet.IpAddress.valueOf(InetAddress.getByName(address))
                .toString();
    }
}
