package io.natator.cli.progress;

import io.natator.cli.kind.States;
import io.natator.cli.output.Words;
import io.natator.v1.Translation;
import io.natator.v1.TranslationStatus;
import io.natator.v1.TranslationStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When a translation has settled, and how it looks until then. */
final class Settling {
    private Settling() {}

    /** True when every device of it reports ACTIVE or DEGRADED. */
    static boolean settled(Translation translation) {
        return translation.getDevicesList().stream()
                .allMatch(device -> status(translation, device)
                        .map(status -> status.getState() == State.ACTIVE || status.getState() == State.DEGRADED)
                        .orElse(false));
    }

    /** True when every device of it reports ACTIVE. */
    static boolean active(Translation translation) {
        return translation.getDevicesList().stream()
                .allMatch(device -> status(translation, device)
                        .map(status -> status.getState() == State.ACTIVE)
                        .orElse(false));
    }

    /** One line a device. */
    static List<Line> lines(Translation translation) {
        List<Line> lines = new ArrayList<>();
        for (String device : translation.getDevicesList()) {
            TranslationStatus status = status(translation, device)
                    .orElse(TranslationStatus.newBuilder()
                            .setState(State.PENDING)
                            .build());
            lines.add(line(translation.getName(), device, status));
        }
        return lines;
    }

    private static Line line(String name, String device, TranslationStatus status) {
        String more = status.getReason();
        if (more.isEmpty() && status.getState() == State.ACTIVE) {
            more = status.getPlacement();
        }
        String rules = status.getRules() == 0 ? "" : Words.count(status.getRules(), "rule");
        return new Line(
                Words.id(name) + " on " + Words.id(device),
                status.getState().name(),
                States.style(status.getState()),
                more,
                rules);
    }

    private static Optional<TranslationStatus> status(Translation translation, String device) {
        return translation.getStatusesList().stream()
                .filter(status -> Words.id(status.getDevice()).equals(Words.id(device)))
                .findFirst();
    }
}
