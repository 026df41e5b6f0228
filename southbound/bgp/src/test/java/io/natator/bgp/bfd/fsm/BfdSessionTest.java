package io.natator.bgp.bfd.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.bfd.codec.BfdState;
import io.natator.bgp.bfd.codec.ControlPacket;
import io.natator.bgp.bfd.codec.Parsed;
import io.natator.model.peering.Bfd;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BfdSessionTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final BfdSettings QUICK = settings(50, 50, 3);

    private static BfdSettings settings(int minTx, int minRx, int multiplier) {
        return new BfdSettings(minTx * 1000L, minRx * 1000L, multiplier, Optional.empty());
    }

    private static BfdSettings signed(Bfd.AuthenticationType type, String key) {
        return new BfdSettings(50_000, 50_000, 3, Optional.of(new Bfd.Authentication(type, 1, key)));
    }

    private static TwoSides up(BfdSettings a, BfdSettings b) {
        TwoSides both = new TwoSides(1, a, b);
        both.run(5 * SECOND);
        assertThat(both.bothUp()).isTrue();
        return both;
    }

    @Test
    void comesUpWithinThreePacketsAndThenSendsAtTheNegotiatedPace() {
        TwoSides both = up(settings(50, 100, 3), settings(20, 70, 5));
        // Slow until up (section 6.8.3), and three packets each suffice.
        assertThat(both.a().packets.getFirst().desiredMinTx()).isEqualTo(1_000_000);
        assertThat(both.a().changes)
                .extracting(BfdAction.Changed::state)
                .containsSubsequence(BfdState.UP)
                .doesNotContain(BfdState.ADMIN_DOWN);
        int before = both.a().sent.size();
        int beforeB = both.b().sent.size();
        both.run(10 * SECOND);
        List<Long> times = both.a().sent.subList(before, both.a().sent.size());
        for (int i = 1; i < times.size(); i++) {
            // 50 ms wanted, 70 ms allowed by the other side, less up to a quarter.
            assertThat(times.get(i) - times.get(i - 1)).isBetween(70 * MS * 3 / 4, 70 * MS);
        }
        assertThat(both.b().sent.size() - beforeB).isBetween(100, 134);
        assertThat(both.a().packets.getLast().poll()).isFalse();
    }

    @Test
    void jittersLessWhereOneLostPacketIsTheEnd() {
        TwoSides both = up(settings(50, 50, 1), QUICK);
        int before = both.a().sent.size();
        both.run(10 * SECOND);
        List<Long> times = both.a().sent.subList(before, both.a().sent.size());
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isBetween(50 * MS * 3 / 4, 50 * MS * 9 / 10);
        }
    }

    @Test
    void noticesADeadPathAfterThreeIntervals() {
        TwoSides both = up(QUICK, QUICK);
        both.loss[0] = 1000;
        both.loss[1] = 1000;
        long cut = both.now();
        both.run(150 * MS);
        assertThat(both.a().last())
                .isEqualTo(new BfdAction.Changed(BfdState.DOWN, "control detection time expired", true, false));
        assertThat(both.b().last().state()).isEqualTo(BfdState.DOWN);
        assertThat(both.now() - cut).isLessThanOrEqualTo(3 * 50 * MS);
        // Back to the slow pace, without the discriminator of one who is gone.
        both.run(5 * SECOND);
        ControlPacket last = both.a().packets.getLast();
        assertThat(last.yourDiscriminator()).isZero();
        assertThat(last.desiredMinTx()).isEqualTo(1_000_000);
        assertThat(last.poll()).isFalse();
        both.loss[0] = 0;
        both.loss[1] = 0;
        both.run(3 * SECOND);
        assertThat(both.bothUp()).isTrue();
    }

    @Test
    void tellsTheOtherSideWhenOnlyItsOwnEarIsDead() {
        TwoSides both = up(QUICK, QUICK);
        both.loss[0] = 1000; // a hears nothing
        both.run(200 * MS);
        assertThat(both.b().last())
                .isEqualTo(new BfdAction.Changed(
                        BfdState.DOWN, "neighbor signaled session down: control detection time expired", true, false));
    }

    @Test
    void saysWhenItIsTurnedOffAndThatIsNoFailure() {
        TwoSides both = up(QUICK, QUICK);
        both.carryOut(0, both.a().session.stop(both.now()));
        both.run(20 * MS);
        assertThat(both.b().last())
                .isEqualTo(new BfdAction.Changed(BfdState.DOWN, "the neighbour turned BFD off", false, false));
        assertThat(both.a().session.over(both.now())).isFalse();
        both.run(150 * MS);
        assertThat(both.a().session.over(both.now())).isTrue();
        assertThat(both.b().session.state()).isEqualTo(BfdState.DOWN);
    }

    /** Slower while up: only once the other side has confirmed (section 6.8.3); never a flap. */
    @Test
    void changesIntervalsByPollSequenceWithoutGoingDown() {
        TwoSides both = up(QUICK, QUICK);
        both.loss[1] = 1000; // the poll does not arrive
        long start = both.now();
        both.carryOut(0, both.a().session.change(settings(300, 300, 3), both.now()));
        both.run(90 * MS);
        assertThat(both.a().packets.getLast().poll()).isTrue();
        assertThat(both.a().packets.getLast().desiredMinTx()).isEqualTo(300_000);
        both.loss[1] = 0;
        int before = both.a().sent.size();
        both.run(3 * SECOND);
        assertThat(both.a().packets.getLast().poll()).isFalse();
        assertThat(both.a().sent.size() - before).isBetween(10, 18);
        // And quicker again.
        both.carryOut(0, both.a().session.change(QUICK, both.now()));
        both.run(SECOND);
        assertThat(both.bothUp()).isTrue();
        assertThat(both.a().changes.getLast().state()).isEqualTo(BfdState.UP);
        assertThat(both.now()).isGreaterThan(start);
        both.loss[0] = 1000;
        both.run(150 * MS);
        assertThat(both.a().session.state()).isEqualTo(BfdState.DOWN);
    }

    @Test
    void goesQuietWhereTheOtherSideDemandsIt() {
        TwoSides both = up(QUICK, QUICK);
        both.loss[0] = 1000;
        ControlPacket asked = demanding(both.b().packets.getLast(), true, 50_000);
        receive(both, asked);
        int before = both.a().sent.size();
        both.run(40 * MS);
        assertThat(both.a().sent).hasSize(before);
        // A poll is answered all the same.
        ControlPacket poll = new ControlPacket(0, BfdState.UP, true, false, false, true, 3, 22, 11, 50_000, 50_000, 0);
        receive(both, poll);
        assertThat(both.a().packets.getLast().finalBit()).isTrue();
    }

    @Test
    void sendsNothingToOneWhoWantsNothing() {
        TwoSides both = up(QUICK, QUICK);
        both.loss[0] = 1000;
        receive(both, demanding(both.b().packets.getLast(), false, 0));
        int before = both.a().sent.size();
        both.run(100 * MS);
        assertThat(both.a().sent).hasSize(before);
    }

    private static ControlPacket demanding(ControlPacket from, boolean demand, long minRx) {
        return new ControlPacket(
                from.diagnostic(),
                from.state(),
                false,
                false,
                false,
                demand,
                from.detectMultiplier(),
                from.myDiscriminator(),
                from.yourDiscriminator(),
                from.desiredMinTx(),
                minRx,
                0);
    }

    private static void receive(TwoSides both, ControlPacket packet) {
        byte[] octets = packet.encode();
        both.carryOut(0, both.a().session.received(octets, (Parsed.Ok) ControlPacket.parse(octets), both.now()));
    }

    @Test
    void passesOnThatTheOtherSideRunsApartFromItsControlPlane() {
        TwoSides both = up(QUICK, QUICK);
        receive(both, new ControlPacket(0, BfdState.UP, false, false, true, false, 3, 22, 11, 50_000, 50_000, 0));
        both.loss[0] = 1000;
        both.run(200 * MS);
        assertThat(both.a().last().independent()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Bfd.AuthenticationType.class)
    void comesUpOnlyWithTheSameKey(Bfd.AuthenticationType type) {
        TwoSides both = up(signed(type, "one"), signed(type, "one"));
        // One that another has overtaken counts as replayed.
        assertThat(both.a().unauthenticated + both.b().unauthenticated).isLessThan(3);
        TwoSides different = new TwoSides(2, signed(type, "one"), signed(type, "two"));
        different.run(10 * SECOND);
        assertThat(different.a().session.state()).isEqualTo(BfdState.DOWN);
        assertThat(different.a().unauthenticated).isGreaterThan(5);
        TwoSides half = new TwoSides(3, signed(type, "one"), QUICK);
        half.run(10 * SECOND);
        assertThat(half.b().session.state()).isEqualTo(BfdState.DOWN);
        assertThat(half.b().unauthenticated).isGreaterThan(5);
    }

    @Test
    void takesNoReplayedPacket() {
        Bfd.AuthenticationType type = Bfd.AuthenticationType.METICULOUS_KEYED_SHA1;
        BfdSettings settings = signed(type, "one");
        BfdSession session = new BfdSession(settings, 1, new SplittableRandom(1), 0);
        BfdSession other = new BfdSession(settings, 2, new SplittableRandom(2), 0);
        byte[] first = ((BfdAction.Send) other.tick(0).getFirst()).packet();
        Parsed.Ok parsed = (Parsed.Ok) ControlPacket.parse(first);
        assertThat(session.received(first, parsed, 1)).doesNotHaveAnyElementsOfTypes(BfdAction.Unauthenticated.class);
        assertThat(session.received(first, parsed, 2)).containsExactly(new BfdAction.Unauthenticated());
        // After twice the detection time the other side may have started anew (section 6.8.1).
        session.tick(7 * SECOND);
        assertThat(session.received(first, parsed, 7 * SECOND + 1))
                .doesNotHaveAnyElementsOfTypes(BfdAction.Unauthenticated.class);
    }

    /** Whatever is lost: both end up, none stays up beside one that is down, and no clock stands still. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void survivesLoss(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TwoSides both = new TwoSides(seed, settings(50, 50, 3), settings(100, 60, 4));
        both.delay = 20 * MS;
        for (int round = 0; round < 50; round++) {
            both.loss[0] = random.nextInt(4) == 0 ? 1000 : random.nextInt(600);
            both.loss[1] = random.nextInt(4) == 0 ? 1000 : random.nextInt(600);
            if (random.nextInt(3) == 0) {
                int side = random.nextInt(2);
                BfdSettings next = settings(50 + random.nextInt(300), 50 + random.nextInt(300), 2 + random.nextInt(4));
                both.carryOut(side, both.sides[side].session.change(next, both.now()));
            }
            both.run(random.nextLong(2 * SECOND));
        }
        both.loss[0] = 0;
        both.loss[1] = 0;
        both.run(20 * SECOND);
        assertThat(both.bothUp()).as("seed %d", seed).isTrue();
        int changes = both.a().changes.size() + both.b().changes.size();
        both.run(60 * SECOND);
        assertThat(both.a().changes.size() + both.b().changes.size()).isEqualTo(changes);
    }
}
