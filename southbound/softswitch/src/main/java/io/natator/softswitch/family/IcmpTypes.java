package io.natator.softswitch.family;

/** Types of ICMP (RFC 792) and ICMPv6 (RFC 4443), as RFC 7915, sections 4.2 and 5.2, relates them. */
final class IcmpTypes {
    static final int ECHO_REPLY = 0;
    static final int ECHO = 8;
    static final int V6_ECHO = 128;
    static final int V6_ECHO_REPLY = 129;

    private IcmpTypes() {}

    /** The ICMPv6 type of an ICMP message that is no error; −1: there is none. */
    static int queryToIpv6(int type) {
        return type == ECHO ? V6_ECHO : type == ECHO_REPLY ? V6_ECHO_REPLY : -1;
    }

    /** The ICMP type of an ICMPv6 message that is no error; −1: there is none. */
    static int queryToIpv4(int type) {
        return type == V6_ECHO ? ECHO : type == V6_ECHO_REPLY ? ECHO_REPLY : -1;
    }
}
