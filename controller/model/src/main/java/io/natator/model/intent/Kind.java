package io.natator.model.intent;

/** How inside and outside addresses correspond. */
public enum Kind {
    /** One to one, stateless: a host or a whole prefix, {@code new = new-net | (old & ~mask)}. */
    STATIC,
    /** Inside hosts take addresses of a pool as they speak, one each, until they are idle (RFC 2663, section 4.1.1). */
    DYNAMIC,
    /** Inside hosts share the addresses of a pool port by port (RFC 2663, section 4.1.2). */
    NAPT,
    /** IPv6 hosts are seen as IPv4 ones, one to one, stateless (RFC 7915, with the explicit address mappings of RFC 7757). */
    SIIT,
    /** IPv6 hosts share the IPv4 addresses of a pool port by port (RFC 6146). */
    NAT64;

    /** True if what an address becomes depends on the sessions there are. */
    public boolean stateful() {
        return this == DYNAMIC || sharesPorts();
    }

    /** True if hosts share outside addresses port by port. */
    public boolean sharesPorts() {
        return this == NAPT || this == NAT64;
    }

    /** True if the inside is IPv6 and the outside IPv4: see {@link Embedding}. */
    public boolean crosses() {
        return this == SIIT || this == NAT64;
    }
}
