package io.natator.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.core.store.Store.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnsavedTest {
    /** What a store would hold, by what is remembered. */
    private static Map<String, String> stored(List<Memory> memories) {
        Map<String, String> state = new HashMap<>();
        state.put("1 installed t0", "before");
        state.put("2 hop 10.0.0.1", "before");
        for (Memory memory : memories) {
            switch (memory) {
                case Memory.Installed m -> put(state, m.datapathId() + " installed " + m.translation(), m.json());
                case Memory.NextHop m -> put(state, m.datapathId() + " hop " + m.address(), m.mac());
                case Memory.Forget m -> state.keySet().removeIf(k -> k.startsWith(m.datapathId() + " "));
            }
        }
        return state;
    }

    private static void put(Map<String, String> state, String key, Optional<String> value) {
        if (value.isPresent()) {
            state.put(key, value.get());
        } else {
            state.remove(key);
        }
    }

    @Test
    void keepsWhatMattersAndNeverMore() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            Unsaved unsaved = new Unsaved();
            List<Memory> all = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                long datapath = 1L + random.nextInt(3);
                Optional<String> value = random.nextInt(3) == 0 ? Optional.empty() : Optional.of("v" + i);
                Memory memory = switch (random.nextInt(20)) {
                    case 0 -> new Memory.Forget(datapath);
                    case 1, 2, 3, 4, 5, 6, 7, 8, 9 -> new Memory.Installed(datapath, "t" + random.nextInt(5), value);
                    default -> new Memory.NextHop(datapath, "10.0.0." + random.nextInt(5), value);
                };
                unsaved.add(memory);
                all.add(memory);
                assertThat(unsaved.size()).as("seed %d", seed).isLessThanOrEqualTo(3 * (5 + 5 + 1));
            }
            assertThat(stored(unsaved.list())).as("seed %d", seed).isEqualTo(stored(all));
        }
    }
}
