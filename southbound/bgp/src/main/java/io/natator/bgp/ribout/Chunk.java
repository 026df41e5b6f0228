package io.natator.bgp.ribout;

/**
 * One UPDATE, as all who have come to the same place are sent it.
 *
 * @param after the place that one has come to with it
 * @param slots that it is about
 */
record Chunk(byte[] update, int after, int[] slots) {}
