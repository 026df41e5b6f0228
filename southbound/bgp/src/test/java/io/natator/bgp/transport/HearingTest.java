package io.natator.bgp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.Counters;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Update;
import io.natator.model.peering.ImportPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HearingTest {
    private final Hearing hearing = new Hearing(new ImportPolicy(0, false), new Counters());

    private void end(Family family) {
        Update mark = new Update(List.of(), List.of(), Optional.empty(), Optional.of(family), "", 0);
        assertThat(hearing.hear(mark, prefix -> false)).isEmpty();
    }

    /** One that has yet to tell its IPv6 routes is not one that tells none (RFC 8212). */
    @Test
    void hasHeardAllWhenEachFamilyIsThrough() {
        List<Family> both = List.of(Family.IPV4_UNICAST, Family.IPV6_UNICAST);
        assertThat(hearing.endOfRib(both)).isFalse();
        end(Family.IPV4_UNICAST);
        assertThat(hearing.endOfRib(both)).isFalse();
        assertThat(hearing.endOfRib(List.of(Family.IPV4_UNICAST))).isTrue();
        end(Family.IPV6_UNICAST);
        assertThat(hearing.endOfRib(both)).isTrue();
        hearing.clear();
        assertThat(hearing.endOfRib(both)).isFalse();
        assertThat(hearing.endOfRib(List.of())).as("no session").isFalse();
    }
}
