package io.natator.bgp.bfd.codec;

/** What a UDP payload is. */
public sealed interface Parsed {
    /**
     * @param authenticated there is an authentication section, not looked into yet
     * @param length octets of the packet; what follows is none of it
     */
    record Ok(ControlPacket packet, boolean authenticated, int length) implements Parsed {}

    /** To be dropped without a trace but a counter. */
    record Malformed(String reason) implements Parsed {}
}
