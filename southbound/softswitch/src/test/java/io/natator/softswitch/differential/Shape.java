package io.natator.softswitch.differential;

/**
 * What a rule knows of its packets.
 *
 * @param type ethertype; −1 if not known
 * @param protocol upper protocol; −1 if not known
 * @param icmp6 ICMPv6 type; −1 if not known, or its code is not known to be 0
 * @param vlan 1 tagged, 0 untagged, −1 not known
 */
record Shape(int type, int protocol, int icmp6, int vlan) {
    static final Shape UNKNOWN = new Shape(-1, -1, -1, -1);

    boolean ip() {
        return type == 0x0800 || type == 0x86DD;
    }

    boolean mpls() {
        return type == 0x8847 || type == 0x8848;
    }

    Shape typed(int other) {
        return new Shape(other, -1, -1, vlan);
    }

    Shape tagged(boolean yes) {
        return new Shape(type, protocol, icmp6, yes ? 1 : -1);
    }
}
