/** IPFIX messages (RFC 7011) with the templates for NAT events of RFC 8158. Pure. */
package io.natator.softswitch.ipfix.codec;
