/** Views and records for Ethernet, ARP, IP, ICMP, TCP, UDP; checksums. */
package io.natator.packet;
