package io.natator.core;

import io.natator.model.rpki.VrpSet;
import io.natator.model.southbound.RoaEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is known about route origins, whoever told it. */
final class RoaBook {
    private final SortedMap<String, VrpSet> bySource = new TreeMap<>();
    private final Set<String> awaited = new HashSet<>();
    private VrpSet all = VrpSet.EMPTY;

    void await(Set<String> sources) {
        awaited.addAll(sources);
    }

    /** True if there is a source that has not told anything yet. */
    boolean isWaiting() {
        return !awaited.isEmpty();
    }

    /** True if what is known changed. */
    boolean on(RoaEvent event, Outbox outbox) {
        switch (event) {
            case RoaEvent.Vrps e -> {
                awaited.remove(e.source());
                bySource.put(e.source(), e.vrps());
                VrpSet before = all;
                all = bySource.size() == 1 ? e.vrps() : VrpSet.union(bySource.values());
                outbox.info("event=roas source=%s vrps=%d"
                        .formatted(e.source(), e.vrps().size()));
                return !all.equals(before);
            }
            case RoaEvent.Reached e -> {
                if (e.up()) {
                    outbox.info("event=roa-source-up source=" + e.source());
                } else {
                    outbox.warn("event=roa-source-down source=%s reason=\"%s\"".formatted(e.source(), e.reason()));
                }
                return false;
            }
        }
    }

    VrpSet vrps() {
        return all;
    }
}
