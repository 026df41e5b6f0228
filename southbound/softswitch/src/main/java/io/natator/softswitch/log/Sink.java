package io.natator.softswitch.log;

import java.lang.foreign.MemorySegment;

/** Where the log's thread takes records. None of these throws: what goes wrong is counted. */
interface Sink extends AutoCloseable {
    /**
     * A record of {@link RecordLayout}, its times those of the world; it may change when this returns.
     *
     * @param insideAt where the INSIDE record is that belongs to it; negative if there is none
     */
    void take(MemorySegment memory, long at, long insideAt, Logged logged);

    /** There is nothing more at the moment, or a lot was taken: what was kept back may go. */
    void flush(long wallNanos);

    /** Records are missing between what was taken and what comes. */
    void lost(long records, long wallNanos);

    @Override
    void close();
}
