package io.natator.model.packet;

/** A packet at the port by which it comes in. */
public record Arrival(int inPort, Packet packet) {}
