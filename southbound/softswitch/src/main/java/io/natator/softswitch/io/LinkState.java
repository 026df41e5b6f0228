package io.natator.softswitch.io;

/**
 * What is known of an interface.
 *
 * @param name as it is known on this machine
 * @param present false while there is no interface of that name, or while it cannot be opened
 * @param mac 48 bits; 0 if it never was present
 * @param mtu octets after the Ethernet header
 * @param adminUp false if somebody has put it down
 * @param carrier true if frames can pass
 * @param speedKbit 0 if not known
 */
public record LinkState(
        String name, boolean present, long mac, int mtu, boolean adminUp, boolean carrier, int speedKbit) {
    /** An interface that is not there. */
    public static LinkState absent(String name) {
        return new LinkState(name, false, 0, 0, false, false, 0);
    }

    /** True if frames can pass. */
    public boolean up() {
        return present && adminUp && carrier;
    }
}
