/** BGP speaker: codec, fsm, rib-out, transport. */
package io.natator.bgp;
