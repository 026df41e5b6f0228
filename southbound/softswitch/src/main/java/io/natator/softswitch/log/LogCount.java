package io.natator.softswitch.log;

import java.util.Locale;

/** What the session log and the IPFIX exporter count; docs/counters.md says what to do. */
public enum LogCount {
    /** Records that the files have. */
    LOG_RECORDS,
    /** Events lost: the ring was full, the log's thread could not keep up. */
    LOG_RING_FULL,
    /** Refusals that were not logged one by one, since there were too many. */
    LOG_REFUSALS_SUPPRESSED,
    /** Records lost: the disk took none. */
    LOG_WRITE_FAILED,
    /** Old files that were deleted to stay within the size. */
    LOG_SEGMENTS_REMOVED,
    /** Data records sent to the collector. */
    IPFIX_RECORDS,
    /** Messages sent to the collector, those with templates only included. */
    IPFIX_MESSAGES,
    /** Messages that the system did not take, or whose forerunner was answered by "port unreachable". */
    IPFIX_MESSAGES_FAILED,
    /** Data records in these. */
    IPFIX_RECORDS_FAILED;

    /** As metrics name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
