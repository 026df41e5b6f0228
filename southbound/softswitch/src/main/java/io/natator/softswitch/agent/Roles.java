package io.natator.softswitch.agent;

import java.util.List;
import java.util.stream.Stream;

/** Who is master (section 6.3.4): at most one, and only whoever has seen the newest election may say so. */
final class Roles {
    private List<Session> sessions = List.of();
    private boolean elected;
    private long generation;

    void add(Session session) {
        sessions = Stream.concat(sessions.stream(), Stream.of(session)).toList();
    }

    void remove(Session session) {
        sessions = sessions.stream().filter(s -> s != session).toList();
    }

    /** All connections that have said hello. Safe to go through while they come and go. */
    List<Session> sessions() {
        return sessions;
    }

    /** The newest generation id; all ones if there was none. */
    long generation() {
        return elected ? generation : -1L;
    }

    /** Changes the role of {@code session}; false if {@code id} is older than the newest. */
    boolean change(Session session, Role role, long id) {
        if (role == Role.MASTER || role == Role.SLAVE) {
            if (elected && id - generation < 0) {
                return false;
            }
            elected = true;
            generation = id;
        }
        if (role == Role.MASTER) {
            sessions.stream()
                    .filter(s -> s != session && s.role() == Role.MASTER)
                    .forEach(s -> s.role(Role.SLAVE));
        }
        if (role != Role.NOCHANGE) {
            session.role(role);
        }
        return true;
    }
}
