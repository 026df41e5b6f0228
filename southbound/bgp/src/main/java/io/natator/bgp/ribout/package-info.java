/** What one neighbour should hold, what it was told, and the fewest UPDATEs between the two: pure. */
package io.natator.bgp.ribout;
