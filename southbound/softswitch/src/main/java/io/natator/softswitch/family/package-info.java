/**
 * Packets from IPv4 to IPv6 and back, where they lie (RFC 7915): headers, fragments, ICMP with the packets that its errors quote,
 * checksums, and what the interface is told to do ({@link io.natator.softswitch.frame.Frame}). Which address becomes which is not
 * known here ({@link io.natator.softswitch.family.NewAddresses}). Nothing is allocated for a packet.
 */
package io.natator.softswitch.family;
