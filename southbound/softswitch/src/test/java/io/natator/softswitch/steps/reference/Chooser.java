package io.natator.softswitch.steps.reference;

import io.natator.model.session.Share;

/** What the switch gave; asked only where something is to be given. */
public interface Chooser {
    /**
     * @param flow as it came from inside
     * @return outside address and port of its sender
     */
    Party given(Share share, Flow flow);
}
