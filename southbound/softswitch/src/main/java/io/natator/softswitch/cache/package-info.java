/**
 * The flow cache: what became of a packet becomes of all that are like it in the bits that decided. A small table of hashes
 * in front finds the entry of a flow with one look; behind it, one table a mask.
 */
package io.natator.softswitch.cache;
