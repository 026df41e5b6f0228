/** Recorded traffic (draft-ietf-opsawg-pcap): read, written, and replayed as a port. */
package io.natator.softswitch.io.pcap;
