package io.natator.model.peering;

/**
 * What becomes of the neighbour's routes. None is ever used.
 *
 * @param maxPrefixes more than that end the session (RFC 4486, subcode 1); zero: no limit
 * @param show keep them to be shown, not only their number
 */
public record ImportPolicy(int maxPrefixes, boolean show) {
    public static final ImportPolicy DEFAULT = new ImportPolicy(0, false);
}
