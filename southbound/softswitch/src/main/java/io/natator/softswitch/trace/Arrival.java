package io.natator.softswitch.trace;

/**
 * A frame and the port where it comes in.
 *
 * @param inPort OpenFlow number
 * @param frame from the Ethernet header on
 */
public record Arrival(int inPort, byte[] frame) {}
