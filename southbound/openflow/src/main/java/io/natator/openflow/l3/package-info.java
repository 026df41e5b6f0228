/** Packets between the controller and a device: probes, ARP and neighbour discovery, ICMP. Pure: packet in, packets out. */
package io.natator.openflow.l3;
