/** What a router says to a cache, and when (RFC 8210, sections 6 to 8): PDUs and time in, actions out. */
package io.natator.bgp.rpki.fsm;
