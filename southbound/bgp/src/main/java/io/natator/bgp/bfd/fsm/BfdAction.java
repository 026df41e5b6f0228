package io.natator.bgp.bfd.fsm;

import io.natator.bgp.bfd.codec.BfdState;

/** What the machine wants done, in order. */
public sealed interface BfdAction {
    /** A whole UDP payload. */
    record Send(byte[] packet) implements BfdAction {}

    /**
     * The session is in another state.
     *
     * @param reason in words, when it went down; else empty
     * @param failed the path is dead; false when it came up, and when one of the two sides only turned BFD off, which says
     *     nothing about the path (RFC 5882, section 3.2)
     * @param independent the remote side's BFD does not share the fate of its control plane (C bit)
     */
    record Changed(BfdState state, String reason, boolean failed, boolean independent) implements BfdAction {}

    /** A packet was dropped because its authentication is missing, wrong, unexpected or replayed. */
    record Unauthenticated() implements BfdAction {}
}
