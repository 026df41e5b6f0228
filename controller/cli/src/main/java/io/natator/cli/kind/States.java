package io.natator.cli.kind;

import io.natator.cli.output.Cell;
import io.natator.cli.output.Style;
import io.natator.v1.Translation;
import io.natator.v1.TranslationStatus;
import io.natator.v1.TranslationStatus.State;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** States of translations, over all devices. */
public final class States {
    private States() {}

    /** "ACTIVE", or "ACTIVE 2, PENDING 1" where devices differ; devices that report nothing yet are PENDING. */
    public static Cell of(Translation translation) {
        Map<State, Integer> counts = new TreeMap<>();
        for (TranslationStatus status : translation.getStatusesList()) {
            counts.merge(status.getState(), 1, Integer::sum);
        }
        int silent = translation.getDevicesCount() - translation.getStatusesCount();
        if (silent > 0) {
            counts.merge(State.PENDING, silent, Integer::sum);
        }
        String text = counts.size() == 1
                ? counts.keySet().iterator().next().name()
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
        return new Cell(text, worst(counts));
    }

    private static Style worst(Map<State, Integer> counts) {
        if (counts.containsKey(State.DEGRADED)) {
            return Style.BAD;
        }
        return counts.keySet().stream().allMatch(state -> state == State.ACTIVE) ? Style.GOOD : Style.BUSY;
    }

    /** How a state is painted. */
    public static Style style(State state) {
        return switch (state) {
            case ACTIVE -> Style.GOOD;
            case DEGRADED -> Style.BAD;
            case PENDING, INSTALLING, PROVING, DRAINING -> Style.BUSY;
            case STATE_UNSPECIFIED, UNRECOGNIZED -> Style.DIM;
        };
    }
}
