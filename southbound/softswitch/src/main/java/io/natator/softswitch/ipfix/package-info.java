/** Tells a collector of NAT events: IPFIX (RFC 7011) over UDP, events as in RFC 8158. */
package io.natator.softswitch.ipfix;
