package io.natator.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.v1.Device;
import io.natator.v1.DeviceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private final Catalog<Device> catalog = new Catalog<>("devices", Device.getDefaultInstance());
    private final List<String> seen = new ArrayList<>();

    private Watcher<Device> watch(String only) {
        return catalog.watch(only, (type, device) -> seen.add(type + " " + device.getName()));
    }

    private static Device device(String description) {
        return Device.newBuilder().setDescription(description).build();
    }

    private static Optional<Device> status(boolean connected) {
        return Optional.of(Device.newBuilder()
                .setStatus(DeviceStatus.newBuilder().setConnected(connected).setProblem("p"))
                .build());
    }

    @Test
    void isShownForAsLongAsThereIsIntentOrStatus() {
        Watcher<Device> watcher = watch("");
        catalog.put("a", device("x"));
        catalog.status("a", status(true), true);
        catalog.delete("a");
        assertThat(catalog.get("a")).hasValueSatisfying(d -> {
            assertThat(d.getDescription()).isEqualTo("x");
            assertThat(d.getStatus().getConnected()).isTrue();
        });
        catalog.status("a", Optional.empty(), true);
        assertThat(catalog.get("a")).isEmpty();
        assertThat(watcher.deliver(() -> true)).isTrue();
        assertThat(seen).containsExactly("SYNCED ", "ADDED devices/a", "MODIFIED devices/a", "DELETED devices/a");
    }

    @Test
    void tellsOnlyOfTheOneThatIsWatched() {
        catalog.put("a", device("x"));
        catalog.put("b", device("x"));
        Watcher<Device> watcher = watch("b");
        catalog.put("a", device("y"));
        catalog.put("b", device("y"));
        watcher.deliver(() -> true);
        assertThat(seen).containsExactly("ADDED devices/b", "SYNCED ", "MODIFIED devices/b");
    }

    @Test
    void handsOutNoFasterThanTheClientTakes() {
        Watcher<Device> watcher = watch("");
        catalog.put("a", device("x"));
        assertThat(watcher.deliver(() -> seen.isEmpty())).isTrue();
        assertThat(seen).containsExactly("SYNCED ");
        watcher.deliver(() -> true);
        assertThat(seen).containsExactly("SYNCED ", "ADDED devices/a");
    }

    @Test
    void tellsAClientThatIsTooSlow() {
        for (int i = 0; i < 2 * Watcher.WAITING; i++) {
            catalog.put("d" + i, device("x"));
        }
        Watcher<Device> watcher = watch("");
        for (int i = 0; i <= Watcher.WAITING; i++) {
            assertThat(watcher.deliver(() -> false)).as("change %d", i).isTrue();
            catalog.put("d0", device("y" + i));
        }
        assertThat(watcher.deliver(() -> false)).isFalse();
    }

    @Test
    void doesNotTellWhatOnlyCounts() {
        catalog.put("a", device("x"));
        Watcher<Device> watcher = watch("");
        catalog.status("a", status(true), false);
        watcher.deliver(() -> true);
        assertThat(seen).containsExactly("ADDED devices/a", "SYNCED ");
        assertThat(catalog.get("a").orElseThrow().getStatus().getConnected()).isTrue();
    }
}
