package io.natator.softswitch.log;

import io.natator.model.session.Session;
import java.time.Instant;
import java.util.List;

/**
 * Who had an outside address and port.
 *
 * @param sessions at most 10,000. Of a block of ports the state begins with {@code "ports FIRST-LAST"}; of what has not ended,
 *     as far as the log goes, the state ends with {@link #OPEN}
 * @param from when the log begins: of what was before it knows little; the time asked for if there is no log
 * @param lost records that are missing in the log
 */
public record LogAnswer(List<Session> sessions, Instant from, long lost) {
    /** The state of what has not ended. */
    public static final String OPEN = "open";

    public LogAnswer {
        sessions = List.copyOf(sessions);
    }
}
