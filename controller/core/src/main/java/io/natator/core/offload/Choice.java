package io.natator.core.offload;

import io.natator.model.session.BindingRound.Busy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which bindings rules are to do from now on: those used most, without haste.
 *
 * @param leave ids of those that no longer are
 * @param offer those that come, most used first
 */
record Choice(List<Long> leave, List<Candidate> offer) {
    /** Packets a minute below which a binding is not worth two rules. */
    static final long WORTH = 60;
    /** For so long a binding stays, unless it is quiet. */
    static final Duration STAY = Duration.ofSeconds(30);
    /** Who takes another's place is used more than so many times as much. */
    static final int TIMES = 2;
    /** Most that come at once. */
    static final int AT_ONCE = 64;

    /**
     * A binding that rules do.
     *
     * @param rate packets a minute
     * @param age since when
     * @param quiet no packet came for so long that it is not worth it
     */
    record Present(long id, String translation, long rate, Duration age, boolean quiet) {}

    /** A binding that rules may do. */
    record Candidate(String translation, Busy busy) {
        long rate() {
            return busy.packets();
        }
    }

    /**
     * @param present those that are not leaving
     * @param leaving how many are, and still take room
     * @param places how many there is room for, on the device
     * @param most of each translation; of others none
     */
    static Choice of(
            List<Present> present, int leaving, int places, Map<String, Integer> most, List<Candidate> candidates) {
        List<Long> leave = new ArrayList<>();
        List<Present> stay = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        List<Present> mostUsedFirst = present.stream()
                .sorted(Comparator.comparingLong(Present::rate).reversed().thenComparingLong(Present::id))
                .toList();
        for (Present one : mostUsedFirst) {
            int of = counts.getOrDefault(one.translation(), 0);
            if (one.quiet() || stay.size() >= places || of >= most.getOrDefault(one.translation(), 0)) {
                leave.add(one.id());
            } else {
                stay.add(one);
                counts.put(one.translation(), of + 1);
            }
        }
        int free = places - stay.size() - leave.size() - leaving;
        List<Candidate> offer = new ArrayList<>();
        List<Candidate> worthFirst = candidates.stream()
                .filter(c -> c.rate() >= WORTH)
                .sorted(Comparator.comparingLong(Candidate::rate)
                        .reversed()
                        .thenComparing(c -> c.busy().binding().inside()))
                .limit(AT_ONCE)
                .toList();
        for (Candidate one : worthFirst) {
            int of = counts.getOrDefault(one.translation(), 0);
            boolean within = of < most.getOrDefault(one.translation(), 0);
            if (within && free > 0) {
                offer.add(one);
                counts.put(one.translation(), of + 1);
                free--;
            } else if (most.getOrDefault(one.translation(), 0) > 0) {
                makeRoom(one, within, stay, leave);
            }
        }
        return new Choice(leave, offer);
    }

    /** The one used least goes first; who is to come does so once that is gone. */
    private static void makeRoom(Candidate forWhom, boolean ofAny, List<Present> stay, List<Long> leave) {
        for (int i = stay.size() - 1; i >= 0; i--) {
            Present last = stay.get(i);
            if (last.rate() * TIMES >= forWhom.rate()) {
                return;
            }
            if (last.age().compareTo(STAY) >= 0 && (ofAny || last.translation().equals(forWhom.translation()))) {
                stay.remove(i);
                leave.add(last.id());
                return;
            }
        }
    }
}
