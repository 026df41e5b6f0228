package io.natator.model.southbound;

import io.natator.model.rpki.VrpSet;

/** What is told by who knows validated ROA payloads. */
public sealed interface RoaEvent {
    /** Which one: {@code HOST:PORT} of a cache, or the name of a file. */
    String source();

    /** The complete set of VRPs of this source, whenever it changed; those that expired (RFC 8210, section 6) are not in it. */
    record Vrps(String source, VrpSet vrps) implements RoaEvent {}

    /**
     * Whether the source answers. Its VRPs stay until {@link Vrps} says otherwise.
     *
     * @param reason in words, when it does not; else empty
     */
    record Reached(String source, boolean up, String reason) implements RoaEvent {}
}
