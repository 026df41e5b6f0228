package io.natator.bgp.bfd;

import io.natator.bgp.bfd.codec.BfdState;

/** Hears what becomes of sessions; called on the thread of BFD, must not block. */
public interface BfdListener {
    /**
     * @param neighbor id
     * @param reason in words, when it is not up; else empty
     * @param failed the path is dead
     * @param independent what forwards packets there is dead as well, for BFD runs apart from the control plane (C bit)
     */
    void changed(String neighbor, BfdState state, String reason, boolean failed, boolean independent);
}
