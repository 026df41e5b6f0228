package io.natator.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Neighbor;
import io.natator.model.peering.Peering;
import io.natator.model.southbound.NeighborEvent;
import io.natator.model.southbound.NeighborEvent.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;

/** When a neighbour is taken for one that filters what it is told (RFC 8212), and when not. */
class NeighborStatusTest {
    private static final Neighbor OUTSIDE = neighbor(65001);
    private static final Neighbor INSIDE = neighbor(65000);

    private static Neighbor neighbor(long as) {
        return new Neighbor("n", IpAddress.valueOf("192.0.2.1"), 179, Peering.between(65000, as));
    }

    private static NeighborStatus up() {
        return NeighborStatus.idle("n", Instant.EPOCH)
                .after(
                        new NeighborEvent.StateChanged("n", State.ESTABLISHED, "", List.of("ipv4-unicast")),
                        Instant.EPOCH);
    }

    private static NeighborStatus with(long sent, long received, boolean endOfRib) {
        return up().after(new NeighborEvent.Routes("n", sent, received, 0, 0, 0, endOfRib, 0));
    }

    @Test
    void doubtsOneOfAnotherAsThatIsThroughAndToldNothing() {
        assertThat(with(5, 0, true).doubt(OUTSIDE)).contains("RFC 8212");
    }

    @Test
    void doubtsNobodyElse() {
        assertThat(with(5, 0, false).doubt(OUTSIDE)).as("it may yet tell").isEmpty();
        assertThat(with(5, 1, true).doubt(OUTSIDE)).as("it has a policy").isEmpty();
        assertThat(with(0, 0, true).doubt(OUTSIDE))
                .as("there is nothing to filter")
                .isEmpty();
        assertThat(with(5, 0, true).doubt(INSIDE)).as("RFC 8212 is of eBGP").isEmpty();
        NeighborStatus down = with(5, 0, true)
                .after(new NeighborEvent.StateChanged("n", State.IDLE, "gone", List.of()), Instant.EPOCH);
        assertThat(down.doubt(OUTSIDE)).as("there is no session").isEmpty();
    }
}
