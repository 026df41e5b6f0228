package io.natator.softswitch.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.Device;
import io.natator.model.southbound.SwitchEvent;
import io.natator.openflow.OpenFlowConfig;
import io.natator.openflow.OpenFlowSwitches;
import io.natator.softswitch.agent.codec.SwitchReplies.Description;
import io.natator.softswitch.config.Endpoint;
import io.natator.softswitch.config.FailMode;
import io.natator.softswitch.config.SessionLogging;
import io.natator.softswitch.config.SwitchConfig;
import io.natator.softswitch.flow.Profile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent and Natator's own controller side, over sockets. */
class AgentTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Queue<SwitchEvent> events = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(strings = {"full", "of13-exact,tables=4,capacity=100"})
    void tellsTheControllerWhatItCan(String name) throws Exception {
        Profile profile = Profile.parse(name);
        try (OpenFlowSwitches controller = new OpenFlowSwitches(OpenFlowConfig.at(ANY), events::add)) {
            InetSocketAddress address = controller.start();
            controller.devices(List.of(device()));
            try (Agent _ = agent(profile, FailMode.SECURE, address.getPort(), new FakeDatapath(profile))) {
                SwitchEvent.Connected connected = connected();
                assertThat(connected.capabilities().manufacturer()).isEqualTo("Natator");
                assertThat(connected.capabilities().tables()).hasSize(profile.tables());
                assertThat(connected.capabilities().tables().get(0).capacity()).isEqualTo(profile.capacity());
                assertThat(connected.capabilities().ports()).hasSize(2);
                if (profile.bundles()) {
                    assertThat(connected.capabilities().features())
                            .isEqualTo(EnumSet.complementOf(EnumSet.of(Feature.SET_IN_PORT)));
                } else {
                    assertThat(connected.capabilities().features())
                            .doesNotContain(
                                    Feature.BUNDLES,
                                    Feature.MASKED_SET_FIELD,
                                    Feature.MOVE,
                                    Feature.MATCH_TTL,
                                    Feature.TRANSLATE)
                            .contains(Feature.METADATA, Feature.SET_ARP, Feature.SET_ND, Feature.NORMAL);
                }
            }
        }
    }

    @Test
    void comesBackWhenTheControllerDoes() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (Agent agent = agent(Profile.FULL, FailMode.SECURE, port, new FakeDatapath(Profile.FULL))) {
            for (int i = 0; i < 2; i++) {
                OpenFlowConfig same = OpenFlowConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                try (OpenFlowSwitches controller = new OpenFlowSwitches(same, events::add)) {
                    controller.devices(List.of(device()));
                    InetSocketAddress _ = controller.start();
                    SwitchEvent.Connected _ = connected();
                    assertThat(agent.controllers().getFirst().role()).isEqualTo("master");
                }
                await().until(() -> !agent.controllers().getFirst().connected());
                events.clear();
            }
        }
    }

    @Test
    void isAPlainSwitchWithoutControllerIfItMayBe() throws Exception {
        FakeDatapath datapath = new FakeDatapath(Profile.FULL);
        SwitchConfig alone = config(Profile.FULL, FailMode.STANDALONE, List.of());
        try (Agent agent = new Agent(alone, description(), datapath)) {
            agent.start();
            await().until(() -> datapath.count() == 1);
        }
    }

    private SwitchEvent.Connected connected() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> events.stream().anyMatch(SwitchEvent.Connected.class::isInstance));
        return events.stream()
                .filter(SwitchEvent.Connected.class::isInstance)
                .map(SwitchEvent.Connected.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Agent agent(Profile profile, FailMode failMode, int port, FakeDatapath datapath) throws Exception {
        Agent agent = new Agent(
                config(profile, failMode, List.of(Endpoint.parse("tcp:127.0.0.1:" + port))), description(), datapath);
        agent.start();
        return agent;
    }

    private static Description description() {
        return new Description("Natator", "Natator software switch", "test", "None", "");
    }

    private static SwitchConfig config(Profile profile, FailMode failMode, List<Endpoint> controllers) {
        return new SwitchConfig(
                0x2A,
                List.of(),
                controllers,
                List.of(),
                Optional.empty(),
                failMode,
                profile,
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                SessionLogging.NONE);
    }

    private static Device device() {
        return new Device(
                "s1",
                0x2A,
                Device.Mode.NORMAL,
                Device.Profile.AUTO,
                List.of(),
                List.of(),
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }
}
