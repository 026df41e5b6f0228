package io.natator.softswitch.datapath;

import io.natator.softswitch.flow.Profile;

/**
 * How a switch is set up.
 *
 * @param packetInRate packets for the controllers, a second; 1 to 10⁶
 * @param packetInBurst of these at once; 1 to 10⁶
 * @param changesAtOnce steps of changes between two batches of packets; 1 to 10⁶. A rule that comes takes two, one that goes
 *     or is changed three
 */
public record DatapathConfig(Profile profile, long packetInRate, long packetInBurst, int changesAtOnce) {
    private static final int MOST = 1_000_000;
    /** A few tenths of a millisecond, once the code has run for a while. */
    private static final int CHANGES_AT_ONCE = 256;

    /** All that it can do, and as many packets for controllers as one of them can well bear. */
    public static final DatapathConfig DEFAULT = new DatapathConfig(Profile.FULL, 20_000, 2_000);

    public DatapathConfig {
        if (packetInRate < 1 || packetInRate > MOST || packetInBurst < 1 || packetInBurst > MOST) {
            throw new IllegalArgumentException("packet-in rate and burst are 1 to " + MOST);
        }
        if (changesAtOnce < 1 || changesAtOnce > MOST) {
            throw new IllegalArgumentException("steps of changes at once are 1 to " + MOST);
        }
    }

    /** With the usual number of changes at once. */
    public DatapathConfig(Profile profile, long packetInRate, long packetInBurst) {
        this(profile, packetInRate, packetInBurst, CHANGES_AT_ONCE);
    }
}
