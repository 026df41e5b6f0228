/** The state machine of RFC 5880, section 6: packets and time in, actions out. */
package io.natator.bgp.bfd.fsm;
