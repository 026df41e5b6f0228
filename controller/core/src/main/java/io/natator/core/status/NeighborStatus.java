package io.natator.core.status;

import io.natator.model.southbound.NeighborEvent;
import java.time.Instant;
import java.util.List;

/**
 * Where a BGP session stands.
 *
 * @param lastError why the last session ended or could not be made, in words; empty if none did
 * @param sent prefixes handed to the neighbour in this session
 * @param received prefixes heard from it
 * @param sessions established since the daemon's start
 */
public record NeighborStatus(
        String neighbor,
        NeighborEvent.State state,
        Instant since,
        String lastError,
        long sent,
        long received,
        long sessions,
        List<String> families) {}
