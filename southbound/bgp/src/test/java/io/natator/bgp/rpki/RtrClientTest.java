package io.natator.bgp.rpki;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.rpki.codec.ErrorCode;
import io.natator.bgp.rpki.codec.Pdu;
import io.natator.bgp.rpki.codec.PduCodec;
import io.natator.bgp.rpki.codec.RtrDecoded;
import io.natator.bgp.rpki.fsm.RtrAction;
import io.natator.bgp.rpki.fsm.RtrClient;
import io.natator.model.rpki.Vrp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;

class RtrClientTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Vrp A = new Vrp(IpPrefix.valueOf("192.0.2.0/24"), 26, 65000);
    private static final Vrp B = new Vrp(IpPrefix.valueOf("2001:db8::/32"), 48, 65001);

    // As the figures of RFC 8210, section 5 lay them out.
    private static final String CACHE_RESPONSE = "0103abcd00000008";
    private static final String PREFIX_A = "0104000000000014" + "01181a00" + "c0000200" + "0000fde8";
    private static final String PREFIX_B =
            "0106000000000020" + "01203000" + "20010db8000000000000000000000000" + "0000fde9";
    private static final String END_OF_DATA = "0107abcd00000018" + "00000007" + "00000e10" + "00000258" + "00001c20";
    private static final String RESET_QUERY = "0102000000000008";
    private static final String SERIAL_QUERY = "0101abcd0000000c00000007";

    private final RtrClient client = new RtrClient();
    private final List<RtrAction> actions = new ArrayList<>();
    private long now;

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private List<RtrAction> feed(String... pdus) {
        actions.clear();
        feed(bytes(String.join("", pdus)));
        return actions;
    }

    private void feed(byte[] stream) {
        ByteBuffer in = ByteBuffer.wrap(stream);
        while (in.hasRemaining()) {
            switch (PduCodec.decode(in)) {
                case RtrDecoded.Ok ok -> {
                    in.position(in.position() + ok.length());
                    actions.addAll(client.received(ok.pdu(), now));
                }
                case RtrDecoded.Bad bad -> {
                    actions.addAll(client.malformed(bad, now));
                    return;
                }
                case RtrDecoded.More more -> {
                    return;
                }
            }
        }
    }

    private static List<String> sent(List<RtrAction> from) {
        return from.stream()
                .filter(RtrAction.Send.class::isInstance)
                .map(send -> HexFormat.of().formatHex(((RtrAction.Send) send).pdu()))
                .toList();
    }

    private void synchronise() {
        assertThat(sent(client.connected(now))).containsExactly(RESET_QUERY);
        assertThat(feed(CACHE_RESPONSE, PREFIX_A, PREFIX_B, END_OF_DATA))
                .containsExactly(new RtrAction.Reached(true, ""), new RtrAction.Publish(true, Set.of(A, B)));
    }

    private static String withdrawn(String prefix) {
        return prefix.substring(0, 17) + "0" + prefix.substring(18);
    }

    @Test
    void asksForAllAndThenForWhatChanged() {
        synchronise();
        now += 3599 * SECOND;
        assertThat(client.tick(now)).isEmpty();
        now += SECOND;
        assertThat(sent(client.tick(now))).containsExactly(SERIAL_QUERY);
        assertThat(feed(CACHE_RESPONSE, withdrawn(PREFIX_A), END_OF_DATA.replace("00000007", "00000008")))
                .containsExactly(new RtrAction.Publish(true, Set.of(B)));
        // Nothing new is no news.
        now += 3600 * SECOND;
        client.tick(now);
        assertThat(feed(CACHE_RESPONSE, END_OF_DATA)).isEmpty();
    }

    @Test
    void asksWhenTheCacheSaysThatThereIsNews() {
        synchronise();
        assertThat(sent(feed("0100abcd0000000c00000007"))).isEmpty();
        assertThat(sent(feed("0100abcd0000000c00000008"))).containsExactly(SERIAL_QUERY);
        assertThat(sent(feed("0108000000000008"))).containsExactly(RESET_QUERY);
        assertThat(feed(CACHE_RESPONSE, PREFIX_A, END_OF_DATA)).containsExactly(new RtrAction.Publish(true, Set.of(A)));
    }

    @Test
    void appliesNothingOfAnAnswerThatIsCutShort() {
        synchronise();
        now += 3600 * SECOND;
        client.tick(now);
        feed(CACHE_RESPONSE, withdrawn(PREFIX_A));
        assertThat(client.lost("gone", now)).containsExactly(new RtrAction.Reached(false, "gone"));
        now += SECOND;
        assertThat(client.wantsConnection(now)).isTrue();
        // The session is remembered: only what changed is asked for.
        assertThat(sent(client.connected(now))).containsExactly(SERIAL_QUERY);
        assertThat(feed(CACHE_RESPONSE, END_OF_DATA)).containsExactly(new RtrAction.Reached(true, ""));
    }

    @Test
    void keepsDataWhileTheCacheIsAwayUntilItExpires() {
        synchronise();
        assertThat(client.lost("gone", now)).containsExactly(new RtrAction.Reached(false, "gone"));
        now += 7199 * SECOND;
        assertThat(client.tick(now)).isEmpty();
        now += SECOND;
        assertThat(client.tick(now)).containsExactly(new RtrAction.Publish(false, Set.of()));
        assertThat(sent(client.connected(now))).containsExactly(RESET_QUERY);
    }

    @Test
    void pausesLongerAfterEachFailure() {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            client.lost("refused", now);
            long wait = client.deadline() - now;
            pauses.add(wait / SECOND);
            assertThat(client.wantsConnection(now + wait - 1)).isFalse();
            now += wait;
        }
        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }

    @Test
    void goesDownToVersion0() {
        assertThat(sent(client.connected(now))).containsExactly(RESET_QUERY);
        String text = HexFormat.of().formatHex("no v1".getBytes(StandardCharsets.UTF_8));
        assertThat(feed("000a000400000015" + "00000000" + "00000005" + text)).containsExactly(new RtrAction.Close());
        assertThat(client.wantsConnection(now)).isTrue();
        assertThat(sent(client.connected(now))).containsExactly("0002000000000008");
        assertThat(feed("0003abcd00000008", "00" + PREFIX_A.substring(2), "0007abcd0000000c00000007"))
                .contains(new RtrAction.Publish(true, Set.of(A)));
    }

    @Test
    void followsACacheThatAnswersInVersion0() {
        client.connected(now);
        assertThat(feed("0003abcd00000008", "00" + PREFIX_A.substring(2), "0007abcd0000000c00000007"))
                .contains(new RtrAction.Publish(true, Set.of(A)));
        assertThat(sent(feed("0100abcd0000000c00000009")).getFirst()).startsWith("000a0008");
    }

    @Test
    void reportsWhatIsWrongAndAsksForAllAgain() {
        assertRefused(ErrorCode.DUPLICATE_ANNOUNCEMENT, CACHE_RESPONSE, PREFIX_A, PREFIX_A);
        assertRefused(ErrorCode.WITHDRAWAL_OF_UNKNOWN, CACHE_RESPONSE, withdrawn(PREFIX_A));
        assertRefused(ErrorCode.CORRUPT_DATA, PREFIX_A);
        assertRefused(ErrorCode.CORRUPT_DATA, CACHE_RESPONSE, END_OF_DATA.replace("abcd", "abce"));
        assertRefused(ErrorCode.CORRUPT_DATA, "0103abcd00000004");
        assertRefused(ErrorCode.CORRUPT_DATA, "0103abcdffffffff");
        assertRefused(ErrorCode.CORRUPT_DATA, "0104000000000014" + "011b1a00" + "c0000200" + "0000fde8");
        assertRefused(ErrorCode.UNSUPPORTED_PDU_TYPE, "0163abcd00000008");
        assertRefused(ErrorCode.UNSUPPORTED_VERSION, "0203abcd00000008");
        assertRefused(ErrorCode.INVALID_REQUEST, RESET_QUERY);
    }

    private void assertRefused(int code, String... pdus) {
        client.connected(now);
        List<RtrAction> said = feed(pdus);
        assertThat(sent(said)).hasSize(1).first().asString().startsWith("010a%04x".formatted(code));
        assertThat(said).contains(new RtrAction.Close());
        now = client.deadline();
        assertThat(sent(client.connected(now))).containsExactly(RESET_QUERY);
    }

    @Test
    void answersNoErrorReportWithAnother() {
        client.connected(now);
        assertThat(sent(feed("010a000000000010" + "ffffffff" + "00000000"))).isEmpty();
    }

    /** As StayRTR says it when it has restarted. */
    @Test
    void asksForAllWhenTheCacheDoesNotKnowTheSession() {
        synchronise();
        client.lost("gone", now);
        now = client.deadline();
        assertThat(sent(client.connected(now))).containsExactly(SERIAL_QUERY);
        assertThat(feed("010a000000000010" + "00000000" + "00000000"))
                .containsExactly(
                        new RtrAction.Close(), new RtrAction.Reached(false, "the cache reports: corrupt data"));
        now = client.deadline();
        assertThat(sent(client.connected(now))).containsExactly(RESET_QUERY);
    }

    /** However long it was away: it is there, and only the question was wrong. */
    @Test
    void asksSoonAfterTheSessionWasUnknown() {
        synchronise();
        for (int i = 0; i < 6; i++) {
            client.lost("refused", now);
            now = client.deadline();
        }
        client.connected(now);
        feed("010a000000000010" + "00000000" + "00000000");
        assertThat(client.deadline() - now).isEqualTo(SECOND);
        now = client.deadline();
        assertThat(sent(client.connected(now))).containsExactly(RESET_QUERY);
        feed("010a000000000010" + "00000000" + "00000000");
        assertThat(client.deadline() - now)
                .as("what has no session is no mistake of ours")
                .isEqualTo(2 * SECOND);
    }

    /** Its error report may be lost: a reset overtakes what was not read. */
    @Test
    void asksForAllWhenTheQuestionEndsTheConnection() {
        synchronise();
        client.lost("gone", now);
        now = client.deadline();
        assertThat(sent(client.connected(now))).containsExactly(SERIAL_QUERY);
        client.lost("reset", now);
        assertThat(client.deadline() - now).isEqualTo(SECOND);
        now = client.deadline();
        assertThat(sent(client.connected(now))).containsExactly(RESET_QUERY);
    }

    @Test
    void staysConnectedToACacheThatHasNoDataYet() {
        client.connected(now);
        assertThat(feed("010a000200000010" + "00000000" + "00000000"))
                .containsExactly(new RtrAction.Reached(false, "the cache reports: no data available"));
        now = client.deadline();
        assertThat(sent(client.tick(now))).containsExactly(RESET_QUERY);
    }

    @Test
    void givesUpOnACacheThatFallsSilent() {
        client.connected(now);
        feed(CACHE_RESPONSE);
        now += 60 * SECOND;
        assertThat(client.tick(now))
                .containsExactly(new RtrAction.Close(), new RtrAction.Reached(false, "no answer within 60 s"));
    }

    /** Cut anywhere, flipped anywhere: no exception, and what was published was sent whole. */
    @Test
    void survivesDamage() {
        byte[] good = bytes(CACHE_RESPONSE + PREFIX_A + PREFIX_B + END_OF_DATA);
        for (int length = 0; length < good.length; length++) {
            RtrClientTest cut = new RtrClientTest();
            cut.client.connected(0);
            cut.feed(Arrays.copyOf(good, length));
            assertThat(cut.actions).doesNotHaveAnyElementsOfTypes(RtrAction.Publish.class);
        }
        for (int bit = 0; bit < good.length * 8; bit++) {
            RtrClientTest flipped = new RtrClientTest();
            flipped.client.connected(0);
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            flipped.feed(bad);
            assertThat(flipped.client.deadline()).isPositive();
        }
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            RtrClientTest any = new RtrClientTest();
            any.client.connected(0);
            byte[] octets = new byte[random.nextInt(64)];
            random.nextBytes(octets);
            any.feed(octets);
        }
    }

    @Test
    void reachesOnlyPdusThatWereRead() {
        assertThat(PduCodec.decode(ByteBuffer.wrap(bytes(RESET_QUERY))))
                .isEqualTo(new RtrDecoded.Ok(new Pdu.ResetQuery(1), 8));
    }
}
