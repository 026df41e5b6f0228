package io.natator.softswitch.steps;

import io.natator.model.session.Session;
import java.util.List;

/**
 * Part of a walk over all sessions, which is cut so that no part takes long.
 *
 * @param sessions that were asked for; there may be none and yet more to come
 * @param count how many sessions were concerned, listed or not
 * @param nextToken where the walk goes on; empty at the end
 */
public record Page(List<Session> sessions, long count, String nextToken) {
    public Page {
        sessions = List.copyOf(sessions);
    }
}
