package io.natator.softswitch.steps;

/** Who is who in tests of NAT64: addresses, and where IPv6 hosts find those of IPv4. */
final class Nat64Parties {
    static final String HOST = "2001:db8:1::5";
    /** Another inside host. */
    static final String OTHER = "2001:db8:1::6";

    static final String SERVER = "192.0.2.1";
    static final String SERVER_6 = "64:ff9b::c000:201";
    /** What {@link Pools#oneOfNat64} shares. */
    static final String OUTSIDE = "198.51.100.1";

    static final String OUTSIDE_6 = "64:ff9b::c633:6401";

    private Nat64Parties() {}
}
