package io.natator.model.intent;

/** How inside and outside addresses correspond. */
public enum Kind {
    /** One to one, stateless: a host or a whole prefix, {@code new = new-net | (old & ~mask)}. */
    STATIC
}
