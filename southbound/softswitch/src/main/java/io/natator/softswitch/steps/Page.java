package io.natator.softswitch.steps;

import io.natator.model.session.Session;
import java.util.List;

/**
 * Part of a walk over all sessions, or all ports of an address, which is cut so that no part takes long.
 *
 * @param sessions that were asked for; there may be none and yet more to come
 * @param count how many sessions were concerned, listed or not
 * @param looks records, or ports, that were looked at; at most {@link #LOOKS}
 * @param nextToken where the walk goes on; empty at the end
 */
public record Page(List<Session> sessions, long count, int looks, String nextToken) {
    /** Most that one part looks at. */
    public static final int LOOKS = 4096;
    /** Most sessions that one part ends, or finds changed: that takes longer than to look. */
    public static final int CHANGES = 1024;

    public Page {
        sessions = List.copyOf(sessions);
    }
}
