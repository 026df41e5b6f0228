/** Speakers on simulated networks and on recorded ones, and a clock that tests turn. */
package io.natator.bgp.sim;
