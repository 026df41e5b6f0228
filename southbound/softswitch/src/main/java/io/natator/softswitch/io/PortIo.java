package io.natator.softswitch.io;

import io.natator.softswitch.frame.Frame;

/** One interface, as the datapath thread sees it; only that thread calls. Nothing blocks and nothing throws. */
public interface PortIo extends AutoCloseable {
    /**
     * Fills an empty batch with what has arrived. The frames' octets, and the headroom and tailroom that they tell, are
     * the caller's to change until {@link #release}, which follows each receive, also one without frames.
     *
     * @return the number of frames, 0 to {@link Batch#CAPACITY}
     */
    int receive(Batch batch);

    /** The frames of the last {@link #receive} are not used any more, by this port or by those they were queued at. */
    void release();

    /**
     * Queues a frame that may have come in at any port. Its octets must stay as they are until {@link #flush}; 10 octets
     * before it are overwritten. What is queued already is sent first if there is no more room. A frame that is not
     * taken (too long, port down) is counted.
     *
     * @return false if it was not taken
     */
    boolean queue(Frame frame);

    /** Sends what was queued. What the interface does not take is counted and gone. */
    void flush();

    /** What was counted since the port was opened; may be read by any thread. */
    PortCounters counters();

    /**
     * What is known of the interface, another object as soon as it has changed; may be read by any thread. A port
     * outlives its interface: it takes up again when one of that name returns.
     */
    LinkState link();

    @Override
    void close();
}
