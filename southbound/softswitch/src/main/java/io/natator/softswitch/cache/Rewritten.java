package io.natator.softswitch.cache;

import io.natator.softswitch.flow.Match;

/**
 * What of a key is no longer as it came when a table is asked, on one {@link Path}.
 *
 * @param changed bits that are not as they came
 * @param known of these, bits that are the same for all packets of the path
 * @param value of the known bits
 */
public record Rewritten(long[] changed, long[] known, long[] value) {
    /** False if the known bits say that no packet of the path matches. */
    boolean mayMatch(Match match) {
        for (int i = 0; i < changed.length; i++) {
            if (((match.value()[i] ^ value[i]) & match.mask()[i] & known[i]) != 0) {
                return false;
            }
        }
        return true;
    }
}
