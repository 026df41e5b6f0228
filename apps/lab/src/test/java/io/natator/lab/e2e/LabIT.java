package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Namespace;
import io.natator.lab.net.Shell;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Addresses;
import io.natator.lab.topology.Lab;
import io.natator.lab.topology.Variant;
import io.natator.lab.traffic.Download;
import io.natator.lab.traffic.HttpSite;
import io.natator.lab.traffic.Pinger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lab itself: its parts do what the other tests rely on, and nothing stays. */
@Tag("e2e")
class LabIT {
    @ParameterizedTest
    @EnumSource
    void switchDropsUntilItHasRulesAndPingerCountsExactly(SwitchKind kind) {
        try (Lab lab = Lab.up(Variant.TRANSPARENT, kind)) {
            Namespace h1 = lab.network().h1();
            Namespace router = lab.network().router();
            assertThat(Pinger.ping(router, Addresses.GATEWAY_OUTSIDE, 3).received())
                    .isEqualTo(3);
            router.address("s1", "192.168.2.1/24");
            router.address("s1", "2001:db8:2::1/64");
            assertThat(Pinger.ping(h1, Addresses.GATEWAY, 3).received()).isZero();

            lab.dataplane().addFlow("in_port=1,actions=output:2");
            lab.dataplane().addFlow("in_port=2,actions=output:1");
            for (String target : List.of(Addresses.GATEWAY, Addresses.GATEWAY_V6)) {
                // The kernel asks once a second who has the address, and drops what does not fit its queue meanwhile.
                Wait.until(target, () -> Pinger.ping(h1, target, 1).received() == 1);
                Pinger pinger = Pinger.start(h1, target, Duration.ofMillis(10));
                Wait.until("answers", () -> pinger.received() >= 20);
                Pinger.Report report = pinger.stop();
                assertThat(report.lost()).as(target).isEmpty();
                assertThat(report.received()).isEqualTo(report.sent());
            }
        }
    }

    @Test
    void downloadsAreCheckedByteByByte() {
        try (Lab lab = Lab.up(Variant.TRANSPARENT, SwitchKind.OVS);
                HttpSite _ = HttpSite.serve(lab.network().client())) {
            Namespace router = lab.network().router();
            for (String target : List.of(Addresses.CLIENT, Addresses.CLIENT_V6)) {
                assertThat(Download.file(router, target, 3_000_000).bytes()).isEqualTo(3_000_000);
                assertThat(Download.seenAs(router, target)).isIn("203.0.113.1", "2001:db8:113:0:0:0:0:1");
                Download stream = Download.stream(router, target);
                Wait.until("bytes", () -> stream.bytes() > 20_000);
                assertThat(stream.stop().bytes()).isGreaterThan(20_000);
            }
            assertThat(Download.reaches(router, Addresses.GATEWAY_OUTSIDE)).isFalse();
        }
    }

    @Test
    void nothingStays() {
        Path dir;
        String prefix;
        List<io.natator.lab.net.Pid> processes;
        try (Lab lab = Lab.up(Variant.NORMAL, SwitchKind.OVS)) {
            dir = lab.inventory().dir();
            prefix = Namespace.nameOf(lab.inventory().id(), "");
            processes = lab.inventory().processes();
            assertThat(Shell.run("ip", "netns", "list")).contains(prefix);
            assertThat(processes)
                    .hasSize(3)
                    .allSatisfy(pid -> assertThat(pid.isAlive()).isTrue());
            assertThat(lab.bird().birdc("show", "protocols")).contains("natator");
        }
        assertThat(dir).doesNotExist();
        assertThat(Shell.run("ip", "netns", "list")).doesNotContain(prefix);
        assertThat(processes).allSatisfy(pid -> assertThat(pid.isAlive()).isFalse());
        assertThat(Files.exists(dir.resolve("lab.json"))).isFalse();
    }
}
