package io.natator.model.intent;

/** How inside and outside addresses correspond. */
public enum Kind {
    /** One to one, stateless: a host or a whole prefix, {@code new = new-net | (old & ~mask)}. */
    STATIC,
    /** Inside hosts take addresses of a pool as they speak, one each, until they are idle (RFC 2663, section 4.1.1). */
    DYNAMIC,
    /** Inside hosts share the addresses of a pool port by port (RFC 2663, section 4.1.2). */
    NAPT;

    /** True if what an address becomes depends on the sessions there are. */
    public boolean stateful() {
        return this != STATIC;
    }
}
