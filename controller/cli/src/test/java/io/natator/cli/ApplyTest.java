package io.natator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.cli.fake.Refusal;
import io.natator.v1.Neighbor;
import io.natator.v1.Translation;
import io.natator.v1.TranslationStatus;
import io.natator.v1.TranslationStatus.State;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ApplyTest extends CommandTest {
    static final String SITE = """
            name: translations/office
            inside: 192.168.2.0/24
            outside: 192.168.3.0/24
            devices: [edge]
            ---
            kind: Device
            name: edge
            datapath_id: 0000000000000001
            hold: 1.5s
            ports:
              - {port: inside, side: INSIDE}
              - {port: outside, side: OUTSIDE}
            ---
            kind: Neighbor
            name: upstream
            address: 203.0.113.1
            localAs: 65000
            peerAs: 4200000000
            password: secret
            """;

    /** What the real daemon's loop would do in the end. */
    static UnaryOperator<Translation> becomes(State state, String reason) {
        return translation -> {
            Translation.Builder builder = translation.toBuilder().clearStatuses();
            translation
                    .getDevicesList()
                    .forEach(device -> builder.addStatuses(TranslationStatus.newBuilder()
                            .setDevice(device)
                            .setState(state)
                            .setPlacement("masked set-field")
                            .setReason(reason)
                            .setRules(4)));
            return builder.build();
        };
    }

    @Test
    void createsWhatIsNamedFirstAndWaitsUntilActive() {
        daemon.onTranslation(becomes(State.ACTIVE, ""));
        stdin = SITE;

        assertThat(natator("apply", "-f", "-")).isEqualTo(ExitCode.OK);

        assertThat(err).isEmpty();
        assertThat(out).isEqualTo("""
                        devices/edge created
                        neighbors/upstream created
                        translations/office created
                        office on edge ACTIVE: masked set-field
                        """);
        assertThat(daemon.translation("translations/office").getDevicesList()).containsExactly("devices/edge");
        assertThat(Integer.toUnsignedLong(daemon.neighbor("neighbors/upstream").getPeerAs()))
                .isEqualTo(4200000000L);
    }

    @Test
    void tellsWhatChangedWhenAppliedAgain() {
        daemon.onTranslation(becomes(State.ACTIVE, ""));
        stdin = SITE;
        natator("apply", "-f", "-");

        stdin = SITE.replace("203.0.113.1", "203.0.113.9");
        int code = natator("apply", "-f", "-", "--no-wait");
        assertThat(err).isEmpty();
        assertThat(code).isZero();

        assertThat(out).isEqualTo("""
                        devices/edge unchanged
                        neighbors/upstream updated
                        translations/office unchanged
                        """);
    }

    @Test
    void keepsASecretThatTheFileLeavesOut() {
        stdin = SITE;
        natator("apply", "-f", "-", "--no-wait");

        stdin = "{name: neighbors/upstream, address: 203.0.113.9, local_as: 65000, peer_as: 1}";
        assertThat(natator("apply", "-f", "-")).isZero();

        Neighbor upstream = daemon.neighbor("neighbors/upstream");
        assertThat(upstream.getPassword()).isEqualTo("secret");
        assertThat(upstream.getPeerAs()).isEqualTo(1);
    }

    @Test
    void removesASecretThatTheFileSetsEmpty() {
        stdin = SITE;
        natator("apply", "-f", "-", "--no-wait");

        stdin = "{name: neighbors/upstream, address: 203.0.113.9, local_as: 65000, peer_as: 1, password: ''}";
        assertThat(natator("apply", "-f", "-")).isZero();

        Neighbor upstream = daemon.neighbor("neighbors/upstream");
        assertThat(upstream.getPassword()).isEmpty();
        assertThat(upstream.getAddress()).isEqualTo("203.0.113.9");
    }

    @Test
    void doesNotOverwriteWhatOthersChangedSinceItWasRead() {
        daemon.onTranslation(becomes(State.ACTIVE, ""));
        stdin = SITE;
        natator("apply", "-f", "-");
        natator("get", "tr", "office", "-o", "yaml");
        String read = out;
        stdin = SITE.replace("192.168.3.0", "192.168.4.0");
        natator("apply", "-f", "-");

        stdin = read;
        assertThat(natator("apply", "-f", "-")).isEqualTo(ExitCode.FAILURE);

        assertThat(err).contains("etag").contains("get it again");
    }

    @Test
    void takesBackWhatGetPrinted() {
        daemon.onTranslation(becomes(State.ACTIVE, ""));
        stdin = SITE;
        natator("apply", "-f", "-");
        for (String format : new String[] {"yaml", "json"}) {
            natator("get", "tr", "-o", format);
            stdin = out;

            assertThat(natator("apply", "-f", "-", "--no-wait")).isZero();

            assertThat(out).isEqualTo("translations/office unchanged\n");
        }
    }

    @Test
    void saysHowToStartADaemonThatIsNotThere() {
        stdin = SITE;

        assertThat(run(Map.of("NATATOR_SERVER", "127.0.0.1:1"), "apply", "-f", "-"))
                .isEqualTo(ExitCode.UNREACHABLE);

        assertThat(err)
                .startsWith("error: no daemon answers at 127.0.0.1:1 (Connection refused)\n")
                .contains("natator serve -c FILE")
                .contains("NATATOR_SERVER");
    }

    @Test
    void sendsNothingWhenTheFileIsWrong() {
        stdin = SITE.replace("peerAs: 4200000000", "peerAz: 1");

        assertThat(natator("apply", "-f", "-")).isEqualTo(ExitCode.USAGE);

        assertThat(err).isEqualTo("""
                        error: nothing was sent:
                          standard input:18: unknown field "peerAz" of Neighbor; did you mean "peerAs"?
                        """);
        assertThat(daemon.has("devices/edge")).isFalse();
    }

    @Test
    void waitsForADaemonThatRestarts() {
        daemon.onTranslation(becomes(State.INSTALLING, ""));
        stdin = SITE;
        Thread restart = Thread.ofVirtual().start(() -> {
            await().until(() -> daemon.has("translations/office"));
            await().pollDelay(Duration.ofMillis(200)).until(() -> true);
            daemon.restart();
            daemon.put(becomes(State.ACTIVE, "").apply(daemon.translation("translations/office")));
        });

        int code = natator("apply", "-f", "-");

        assertThat(err).isEmpty();
        assertThat(out).contains("office on edge INSTALLING").endsWith("office on edge ACTIVE: masked set-field\n");
        assertThat(code).isZero();
        await().until(() -> !restart.isAlive());
    }

    @Test
    void rewritesLinesInPlaceOnATerminal() {
        interactive = true;
        colours = true;
        daemon.onTranslation(becomes(State.ACTIVE, ""));
        stdin = SITE;

        assertThat(natator("apply", "-f", "-")).isZero();

        assertThat(out)
                .contains("\u001b[2K  office on edge  \u001b[32mACTIVE    \u001b[0m")
                .contains("4 rules");
    }

    @Test
    void dryRunChecksTogetherAndStoresNothing() {
        stdin = SITE;
        assertThat(natator("apply", "-f", "-", "--dry-run")).isZero();
        assertThat(out).isEqualTo("""
                        devices/edge created (dry run)
                        neighbors/upstream created (dry run)
                        translations/office created (dry run)
                        """);
        assertThat(daemon.lastPlan().getResourcesCount()).isEqualTo(3);
        assertThat(daemon.has("translations/office")).isFalse();
        assertThat(daemon.has("devices/edge")).isFalse();

        natator("apply", "-f", "-", "--no-wait");
        stdin = SITE.replace("192.168.3.0", "192.168.4.0");
        assertThat(natator("apply", "-f", "-", "--dry-run")).isZero();
        assertThat(out).isEqualTo("""
                        devices/edge unchanged (dry run)
                        neighbors/upstream unchanged (dry run)
                        translations/office updated (dry run)
                        """);
        assertThat(daemon.translation("translations/office").getOutside()).isEqualTo("192.168.3.0/24");
    }

    @Test
    void dryRunNamesLines() {
        daemon.onPlan(request -> {
            throw Refusal.invalid("resources[2].translation.outside", "contains the address of neighbors/upstream");
        });
        stdin = SITE;

        assertThat(natator("apply", "-f", "-", "--dry-run")).isEqualTo(ExitCode.FAILURE);

        assertThat(out).isEmpty();
        assertThat(err).isEqualTo("""
                        error: the plan is not valid:
                          standard input:3: outside: contains the address of neighbors/upstream
                        """);
    }

    @Test
    void namesTheLineOfAFieldThatTheDaemonRefuses() {
        daemon.onTranslation(translation -> {
            throw Refusal.invalid("translation.inside", "host bits are set; write 192.168.2.0/24");
        });
        stdin = SITE;

        assertThat(natator("apply", "-f", "-")).isEqualTo(ExitCode.FAILURE);

        assertThat(out).contains("devices/edge created");
        assertThat(err).isEqualTo("""
                        error: translations/office is not valid:
                          standard input:2: inside: host bits are set; write 192.168.2.0/24
                        """);
    }

    @Test
    void degradedIsNotTheWishedState() {
        daemon.onTranslation(becomes(State.DEGRADED, "needs a software switch: 300 hosts, room for 100"));
        stdin = SITE;

        assertThat(natator("apply", "-f", "-")).isEqualTo(ExitCode.NOT_AS_WISHED);

        assertThat(out).contains("office on edge DEGRADED: needs a software switch: 300 hosts, room for 100");
        assertThat(err).contains("natator describe tr NAME");
    }

    @Test
    void givesUpWaitingButSaysThatTheDaemonGoesOn() {
        daemon.onTranslation(becomes(State.PENDING, "devices/edge is not connected"));
        stdin = SITE;

        assertThat(natator("apply", "-f", "-", "--timeout", "300ms")).isEqualTo(ExitCode.NOT_AS_WISHED);

        assertThat(out).contains("office on edge PENDING: devices/edge is not connected");
        assertThat(err).contains("not settled within 0.3 s").contains("the daemon goes on with it");
    }
}
