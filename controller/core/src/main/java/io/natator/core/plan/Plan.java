package io.natator.core.plan;

import io.natator.model.compile.Announcement;
import io.natator.model.rule.Rule;
import java.util.List;
import java.util.SortedMap;

/**
 * What would change.
 *
 * @param devices in the order of their ids
 * @param steps what will happen, in order, in words
 * @param problems what will not be translated or announced, and why
 */
public record Plan(List<OfDevice> devices, Routes routes, List<String> steps, List<String> problems) {
    /**
     * Rules of one device. A rule whose content changes is removed and added.
     *
     * @param tables by number
     */
    public record OfDevice(
            String device,
            boolean connected,
            List<Rule> added,
            long kept,
            List<Rule> removed,
            SortedMap<Integer, Table> tables) {}

    /**
     * Use of one table.
     *
     * @param capacity {@link Integer#MAX_VALUE} if unknown
     */
    public record Table(String title, long now, long after, int capacity) {}

    /** Announcements, once everything is proved. */
    public record Routes(List<Announcement> added, long kept, List<Announcement> removed) {}
}
