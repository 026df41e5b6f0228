package io.natator.softswitch.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.softswitch.log.PoolLevels.Crossing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolLevelsTest {
    private final PoolLevels levels = new PoolLevels();

    /** What each of so many changes meant, but for those that meant nothing: "17 HIGH". */
    private List<String> change(int share, int space, int by, int times, long capacity) {
        List<String> crossings = new ArrayList<>();
        for (int i = 1; i <= times; i++) {
            Crossing crossing = levels.change(share, space, by, capacity);
            if (crossing != Crossing.NONE) {
                crossings.add(i + " " + crossing);
            }
        }
        return crossings;
    }

    @Test
    void tellsOnceOnTheWayUpAndOnceOnTheWayDown() {
        assertThat(change(1, 0, 1, 20, 20)).containsExactly("18 HIGH");
        assertThat(change(1, 0, -1, 5, 20)).as("15 are more than 14").isEmpty();
        assertThat(change(1, 0, 1, 5, 20)).as("it was told").isEmpty();
        assertThat(change(1, 0, -1, 20, 20)).containsExactly("6 LOW");
        assertThat(change(1, 0, 1, 20, 20)).containsExactly("18 HIGH");
    }

    @Test
    void poolsAndProtocolsAreApart() {
        assertThat(change(1, 1, 1, 9, 20)).isEmpty();
        assertThat(change(1, 2, 1, 9, 20)).isEmpty();
        assertThat(change(2, 1, 1, 9, 20)).isEmpty();
        assertThat(change(1, 1, 1, 9, 20)).containsExactly("9 HIGH");
    }

    @Test
    void aPoolOfOneAddressIsFullOrNot() {
        assertThat(change(7, 0, 1, 1, 1)).containsExactly("1 HIGH");
        assertThat(change(7, 0, -1, 1, 1))
                .as("0 is at most 7 tenths of 1, which is 1")
                .containsExactly("1 LOW");
    }

    @Test
    void whatHasNoCapacityIsCountedAndJudgedOnceItHasOne() {
        assertThat(change(3, 0, 1, 30, 0)).isEmpty();
        assertThat(change(3, 0, 1, 1, 20)).containsExactly("1 HIGH");
    }

    @Test
    void morePoolsThanPlacesAreNotWatched() {
        for (int share = 1; share < 1 << 15; share++) {
            assertThat(levels.change(share, 0, 1, 100)).isEqualTo(Crossing.NONE);
        }
        assertThat(levels.change(1 << 15, 0, 1, 1)).isEqualTo(Crossing.NONE);
        assertThat(levels.change(1, 0, 1, 1)).as("the first ones are").isEqualTo(Crossing.HIGH);
    }
}
