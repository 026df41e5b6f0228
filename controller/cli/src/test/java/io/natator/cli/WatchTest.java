package io.natator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natator.v1.Translation;
import io.natator.v1.TranslationStatus.State;
import org.junit.jupiter.api.Test;

class WatchTest extends CommandTest {
    private static final Translation OFFICE = ApplyTest.becomes(State.ACTIVE, "")
            .apply(Translation.newBuilder()
                    .setName("translations/office")
                    .setInside("192.168.2.0/24")
                    .setOutside("192.168.3.0/24")
                    .addDevices("devices/edge")
                    .build());

    @Test
    void showsWhatIsAndWhatChangesAlsoAcrossARestart() {
        daemon.put(OFFICE);

        watch(
                "DELETED",
                () -> {
                    await().until(() -> printed().contains("ADDED"));
                    daemon.put(ApplyTest.becomes(State.DRAINING, "").apply(OFFICE));
                    await().until(() -> printed().contains("DRAINING"));
                    daemon.restart();
                    await().until(() -> printed().lines().count() == 3);
                    daemon.remove("translations/office");
                },
                "watch",
                "tr");

        String time = "2026-03-01T12:00:00Z  ";
        String fields = "office  192.168.2.0/24  192.168.3.0/24  edge  ";
        assertThat(out)
                .isEqualTo(time + "ADDED     " + fields + "ACTIVE\n" + time + "MODIFIED  " + fields + "DRAINING\n"
                        + time + "ADDED     " + fields + "DRAINING\n" + time + "DELETED   " + fields + "DRAINING\n");
        assertThat(err).isEqualTo("the daemon went away; waiting for it\n");
    }

    @Test
    void asJsonLines() {
        daemon.put(OFFICE);

        watch("SYNCED", () -> {}, "watch", "tr", "-o", "json");

        assertThat(out.lines().toList())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("{\"type\":\"ADDED\",\"translation\":{\"name\":\"translations/office\""),
                        second -> assertThat(second).isEqualTo("{\"type\":\"SYNCED\"}"));
    }
}
