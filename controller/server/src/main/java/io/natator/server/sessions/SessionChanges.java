package io.natator.server.sessions;

import io.natator.v1.ChangeType;
import io.natator.v1.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is different between one listing of sessions and the next one. */
public final class SessionChanges {
    /** What makes two of them the same session; not when it began, which switches tell in steps of 0.1 s. */
    private record Key(
            String device,
            String translation,
            int protocol,
            String inside,
            int insidePort,
            String outside,
            int outsidePort,
            String remote,
            int remotePort) {
        static Key of(Session s) {
            return new Key(
                    s.getDevice(),
                    s.getTranslation(),
                    s.getProtocol(),
                    s.getInside(),
                    s.getInsidePort(),
                    s.getOutside(),
                    s.getOutsidePort(),
                    s.getRemote(),
                    s.getRemotePort());
        }
    }

    /** @param session as it is now; of one that is gone as it last was */
    public record Change(ChangeType type, Session session) {}

    private Map<Key, Session> before = Map.of();

    /**
     * What changed since the last call; at the first one, everything is new.
     *
     * @param listed all that there are
     * @param unreachable "devices/{id}" that did not answer: what they had stays as it was
     */
    public List<Change> step(List<Session> listed, Set<String> unreachable) {
        List<Change> changes = new ArrayList<>();
        Map<Key, Session> now = LinkedHashMap.newLinkedHashMap(listed.size());
        // Who answered one page and not the next one has told only a part.
        before.forEach((key, session) -> {
            if (unreachable.contains(key.device())) {
                now.put(key, session);
            }
        });
        listed.forEach(session -> now.put(Key.of(session), session));
        before.forEach((key, session) -> {
            if (!now.containsKey(key)) {
                changes.add(new Change(ChangeType.DELETED, session));
            }
        });
        now.forEach((key, session) -> {
            Session old = before.get(key);
            if (old == null) {
                changes.add(new Change(ChangeType.ADDED, session));
            } else if (!old.getState().equals(session.getState())) {
                changes.add(new Change(ChangeType.MODIFIED, session));
            }
        });
        before = now;
        return changes;
    }
}
