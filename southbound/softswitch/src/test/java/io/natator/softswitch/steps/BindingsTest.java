package io.natator.softswitch.steps;

import static io.natator.softswitch.steps.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.session.Binding;
import io.natator.model.session.BindingRound;
import io.natator.model.session.BindingRound.Busy;
import io.natator.model.session.BindingRound.Held;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share;
import io.natator.softswitch.count.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;

/** Bindings whose work rules of devices do. */
class BindingsTest {
    private static final String SERVER = "192.0.2.1";
    private static final Duration HOLD = Duration.ofMinutes(10);

    private long rounds;

    private static Share offered() {
        Pools pools = Pools.dynamic();
        pools.offered = true;
        return pools.share();
    }

    private static String address(Bench bench, String host) {
        byte[] frame = bench.out(udp(host, 1000, SERVER, 53));
        String text = Reading.of(frame);
        return bench.verdict == Verdict.PASS ? text.substring(4, text.indexOf(':')) : "-";
    }

    private static Binding binding(String inside, String outside) {
        return new Binding(1, IpAddress.valueOf(inside), IpAddress.valueOf(outside));
    }

    private BindingRound.Answer tell(Bench bench, Held... held) {
        return bench.translator.bindings(new BindingRound(++rounds, List.of(1), List.of(held), 10), bench.now);
    }

    private static Held held(Binding binding, long unused, Duration hold) {
        return new Held(binding, Duration.ofSeconds(unused), hold);
    }

    @Test
    void noneIsMadeBeforeItIsKnownThatNoRulesAreLeft() {
        try (Bench bench = new Bench(offered())) {
            assertThat(bench.out(udp("10.0.0.5", 1000, SERVER, 53))).isNull();
            assertThat(bench.count(Count.TRANSLATE_NOT_OPEN)).isEqualTo(1);
            assertThat(tell(bench).number()).isEqualTo(rounds);
            assertThat(address(bench, "10.0.0.5")).startsWith("198.51.100.");
        }
    }

    @Test
    void whatNobodySaysIsTrueAfterAWhile() {
        try (Bench bench = new Bench(offered())) {
            bench.pass(899);
            assertThat(bench.out(udp("10.0.0.5", 1000, SERVER, 53))).isNull();
            bench.pass(2);
            assertThat(address(bench, "10.0.0.5")).startsWith("198.51.100.");
            bench.shares(offered());
            assertThat(address(bench, "10.0.0.6")).as("a share that was there").startsWith("198.51.100.");
        }
    }

    @Test
    void thoseUsedMostAreToldFirst() {
        try (Bench bench = new Bench(offered())) {
            tell(bench);
            String one = address(bench, "10.0.0.1");
            String two = address(bench, "10.0.0.2");
            for (int i = 0; i < 9; i++) {
                address(bench, "10.0.0.2");
            }
            bench.pass(60);
            assertThat(tell(bench).busy().stream().map(Busy::binding))
                    .containsExactly(binding("10.0.0.2", two), binding("10.0.0.1", one));
            for (int i = 0; i < 20; i++) {
                address(bench, "10.0.0.1");
            }
            bench.pass(60);
            List<Busy> now = tell(bench).busy();
            assertThat(now).hasSize(1);
            assertThat(now.getFirst().binding()).isEqualTo(binding("10.0.0.1", one));
            assertThat(now.getFirst().packets()).isBetween(19L, 21L);
            bench.pass(5);
            assertThat(tell(bench).busy()).as("packets since the last time").isEmpty();
        }
    }

    @Test
    void oneThatIsHeldIsNotIdle() {
        try (Bench bench = new Bench(offered())) {
            tell(bench);
            Binding binding = binding("10.0.0.5", address(bench, "10.0.0.5"));
            assertThat(tell(bench, held(binding, 0, HOLD)).gone()).isEmpty();
            address(bench, "10.0.0.5");
            assertThat(tell(bench).busy())
                    .as("a controller that began anew has not held it")
                    .hasSize(1);
            bench.pass(500);
            assertThat(bench.translator.live()).isEqualTo(1);
            bench.pass(110);
            assertThat(bench.translator.live()).as("the hold was not prolonged").isZero();
        }
    }

    @Test
    void itsAgeIsThatOfTheLastPacketByRules() {
        try (Bench bench = new Bench(offered())) {
            tell(bench);
            Binding binding = binding("10.0.0.5", address(bench, "10.0.0.5"));
            tell(bench, held(binding, 0, HOLD));
            bench.pass(500);
            assertThat(tell(bench, held(binding, 100, Duration.ZERO)).gone()).isEmpty();
            bench.pass(195);
            assertThat(bench.translator.live()).isEqualTo(1);
            bench.pass(10);
            assertThat(bench.translator.live()).as("300 s after that packet").isZero();
        }
    }

    @Test
    void anAddressThatIsHeldIsGivenToNobodyElse() {
        try (Bench bench = new Bench(offered())) {
            tell(bench);
            Binding binding = binding("10.0.0.5", address(bench, "10.0.0.5"));
            tell(bench, held(binding, 0, HOLD));
            bench.translator.clear(SessionQuery.ALL, "", bench.now);
            assertThat(bench.translator.live()).isZero();
            assertThat(tell(bench, held(binding, 0, HOLD)).gone()).containsExactly(binding);
            Set<String> seen = new HashSet<>();
            for (int i = 10; i < 14; i++) {
                seen.add(address(bench, "10.0.0." + i));
            }
            assertThat(seen)
                    .hasSize(4)
                    .contains("-")
                    .doesNotContain(binding.outside().toString());
            tell(bench, held(binding, 0, Duration.ZERO));
            assertThat(address(bench, "10.0.0.13"))
                    .isIn(new ArrayList<>(List.of(binding.outside().toString())));
        }
    }

    @Test
    void alsoNotWhenThePoolIsAnothers() {
        try (Bench bench = new Bench(offered())) {
            tell(bench);
            Binding binding = binding("10.0.0.5", address(bench, "10.0.0.5"));
            tell(bench, held(binding, 0, HOLD));
            Pools other = Pools.dynamic();
            other.id = 2;
            other.inside = "10.0.1.0/24";
            bench.shares(other.share());
            bench.pass(1);
            for (int i = 1; i <= 4; i++) {
                byte[] frame = bench.put(2, Share.Direction.TO_OUTSIDE, udp("10.0.1." + i, 1000, SERVER, 53));
                assertThat(Reading.of(frame)).doesNotContain(binding.outside() + ":");
            }
        }
    }

    @Test
    void whoHasAnotherAddressIsGone() {
        try (Bench bench = new Bench(offered())) {
            tell(bench);
            String outside = address(bench, "10.0.0.5");
            Binding other = binding("10.0.0.6", outside);
            assertThat(tell(bench, held(other, 0, HOLD)).gone()).containsExactly(other);
            Binding none = new Binding(9, IpAddress.valueOf("10.0.0.6"), IpAddress.valueOf("2001:db8::1"));
            assertThat(tell(bench, held(none, 0, HOLD)).gone()).containsExactly(none);
        }
    }
}
