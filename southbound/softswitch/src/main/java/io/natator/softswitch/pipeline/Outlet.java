package io.natator.softswitch.pipeline;

import io.natator.softswitch.flow.Event.PacketInReason;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.table.Rule;

/** Where an {@link Executor} sends frames. They must stay as they are until the outlet's owner says so. */
public interface Outlet {
    /**
     * To a port.
     *
     * @param back true if it may be the one where the frame came in
     * @param queue −1 if none was set
     */
    void port(int port, Frame frame, boolean back, int queue);

    /** To all ports but the one where the frame came in. */
    void flood(Frame frame, int queue);

    /** As a plain switch would. */
    void normal(Frame frame, long[] key, int queue);

    /**
     * To the controllers.
     *
     * @param rule that sends it; null if none does
     * @param maxLength octets of the frame that are wanted
     */
    void controller(PacketInReason reason, Rule rule, int maxLength, Frame frame, long[] key);

    /** Through the tables, as if it had come in (of a packet-out); the frame may change at once. */
    void tables(Frame frame);

    /** All packets so far are done; room that was given for them may be given again, once they are sent. */
    void next();

    /** Room for a copy of a frame that stays as it is as long as those that were sent; 0 if there is none. */
    long room(int octets);
}
