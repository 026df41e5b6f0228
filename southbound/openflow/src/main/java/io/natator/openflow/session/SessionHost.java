package io.natator.openflow.session;

import java.util.Optional;

/** Who decides which datapaths are ours. */
public interface SessionHost {
    /**
     * Asked when a connection has told its datapath id. An older connection of the same datapath is ended first.
     *
     * @return empty if the datapath is not one of ours
     */
    Optional<Datapath> admit(long datapathId, SwitchSession session);
}
