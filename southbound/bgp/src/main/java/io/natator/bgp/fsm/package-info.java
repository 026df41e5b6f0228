/** The finite state machine of RFC 4271, section 8: events in, actions out; one file a state; time passed in. */
package io.natator.bgp.fsm;
