package io.natator.softswitch.agent;

import io.natator.softswitch.agent.codec.SwitchReplies.Description;
import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Datapath;
import io.natator.softswitch.flow.Profile;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all connections of a switch share. The agent's thread only. */
final class SwitchState {
    private static final Logger LOG = LoggerFactory.getLogger(SwitchState.class);

    private final long datapathId;
    private final Description description;
    private final Datapath datapath;
    private final AgentCounts counts;
    private final Roles roles = new Roles();
    private List<Session> open = List.of();
    private final long echoNanos;
    private final long silenceNanos;

    SwitchState(
            long datapathId,
            Description description,
            Datapath datapath,
            AgentCounts counts,
            Duration echo,
            Duration silence) {
        this.datapathId = datapathId;
        this.description = description;
        this.datapath = datapath;
        this.counts = counts;
        this.echoNanos = echo.toNanos();
        this.silenceNanos = silence.toNanos();
    }

    long datapathId() {
        return datapathId;
    }

    Description description() {
        return description;
    }

    Datapath datapath() {
        return datapath;
    }

    Profile profile() {
        return datapath.profile();
    }

    /** True if it can translate with state. */
    boolean translates() {
        return profile().actions().contains(Action.Kind.TRANSLATE);
    }

    /** The time for people. */
    InstantSource wall() {
        return InstantSource.system();
    }

    AgentCounts counts() {
        return counts;
    }

    Roles roles() {
        return roles;
    }

    /** A connection that nothing came from for so long is asked for a sign of life. */
    long echoNanos() {
        return echoNanos;
    }

    /** A connection that nothing came from for so long is given up. */
    long silenceNanos() {
        return silenceNanos;
    }

    /** All connections, also those that have not said hello. Safe to go through while they come and go. */
    List<Session> open() {
        return open;
    }

    void opened(Session session) {
        open = Stream.concat(open.stream(), Stream.of(session)).toList();
    }

    void lost(Session session, Connection connection, String reason) {
        open = open.stream().filter(s -> s != session).toList();
        roles.remove(session);
        String peer = connection.peer();
        if (session.isUp() && !connection.isVisit()) {
            LOG.warn("event=controller-lost controller={} reason=\"{}\"", peer, reason);
        } else {
            LOG.info("event=connection-ended controller={} reason=\"{}\"", peer, reason);
        }
    }
}
