package io.natator.softswitch.steps.reference;

/** An ICMP error: who sends it, to whom, and the packet that it quotes. */
public record Report(String src, String dst, Flow quoted) {}
