package io.natator.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Share;
import io.natator.model.southbound.SwitchEvent;
import io.natator.openflow.experimenter.SessionReply;
import io.natator.openflow.experimenter.SessionRequest;
import io.natator.openflow.experimenter.ShareCodec;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;

/** Shares are told before rules and on every connect; questions about sessions are answered, or fail in words. */
class SessionsTest {
    private static final byte[] SHARES = ShareCodec.write(List.of(new Share(
            1,
            "office",
            Kind.NAPT,
            IpPrefix.valueOf("10.0.0.0/16"),
            List.of(IpPrefix.valueOf("198.51.100.0/28")),
            List.of(),
            false,
            Pool.DEFAULT)));

    private final Simulation sim = new Simulation(7);

    private CompletableFuture<List<PoolUse>> ask() {
        CompletableFuture<List<PoolUse>> future = new CompletableFuture<>();
        sim.session.ask(new SessionRequest.Use(), future, SessionReply::use, sim.now());
        sim.pass(Duration.ofMillis(100));
        return future;
    }

    private static void fails(CompletableFuture<?> future, String why) {
        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }

    @Test
    void sharesComeBeforeRulesOnEveryConnect() {
        sim.device.translates = true;
        sim.datapath.shares(SHARES);
        for (int connects = 1; connects <= 2; connects++) {
            sim.connect();
            sim.desire(1, TestRules.transparent());
            assertThat(sim.events
                            .next(SwitchEvent.Connected.class)
                            .capabilities()
                            .can(Feature.TRANSLATE))
                    .isTrue();
            assertThat(ByteBufUtil.getBytes(sim.device.toldShares)).isEqualTo(SHARES);
            assertThat(sim.device.sharesBefore).isEqualTo(connects == 1 ? 0 : sim.device.flowMods);
            sim.device.toldShares.clear();
            sim.session.tellShares(); // nothing new
            sim.pass(Duration.ofSeconds(1));
            assertThat(sim.device.toldShares.readableBytes()).isZero();
            sim.disconnect();
        }
    }

    @Test
    void otherSwitchesAreNotTold() {
        sim.datapath.shares(SHARES);
        sim.connect();
        assertThat(sim.device.toldShares.readableBytes()).isZero();
        fails(ask(), "is no software switch");
    }

    @Test
    void aRefusalIsCountedAndTheConnectionGoesOn() {
        sim.device.translates = true;
        sim.device.sharesRefused = "its pools overlap";
        sim.datapath.shares(SHARES);
        sim.connect();
        assertThat(sim.counts.snapshot())
                .containsEntry("share_sets_refused", 1L)
                .containsEntry("errors_unexpected", 0L);
        assertThat(sim.open).isTrue();
    }

    @Test
    void questionsAreAnsweredOrFailInWords() throws Exception {
        sim.device.translates = true;
        sim.connect();
        PoolUse use = new PoolUse(1, "office", 16, 1, 1_000_000, 5, 6, 7, new TreeMap<>(), 0, List.of());
        sim.device.sessions = List.of(SessionReply.of(List.of(use)));
        assertThat(ask().get(10, TimeUnit.SECONDS)).containsExactly(use);
        sim.device.sessions = List.of();
        fails(ask(), "refuses: BAD_REQUEST BAD_EXPERIMENTER");
        sim.device.sessions = null;
        CompletableFuture<List<PoolUse>> never = ask();
        assertThat(never).isNotDone();
        sim.pass(Duration.ofSeconds(11));
        fails(never, "does not answer within 10 s");
        CompletableFuture<List<PoolUse>> cut = ask();
        sim.disconnect();
        fails(cut, "has disconnected");
        fails(ask(), "is not ready");
        assertThat(sim.counts.snapshot()).containsEntry("session_requests_failed", 3L);
    }
}
