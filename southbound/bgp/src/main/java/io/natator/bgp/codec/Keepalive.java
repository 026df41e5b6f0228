package io.natator.bgp.codec;

/** KEEPALIVE (RFC 4271, section 4.4): a header and nothing else. */
public record Keepalive() implements Message {}
