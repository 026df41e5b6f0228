package io.natator.softswitch.datapath;

import io.natator.softswitch.flow.Profile;

/**
 * How a switch is set up.
 *
 * @param packetInRate packets for the controllers, a second; 1 to 10⁶
 * @param packetInBurst of these at once; 1 to 10⁶
 */
public record DatapathConfig(Profile profile, long packetInRate, long packetInBurst) {
    /** All that it can do, and as many packets for controllers as one of them can well bear. */
    public static final DatapathConfig DEFAULT = new DatapathConfig(Profile.FULL, 20_000, 2_000);

    public DatapathConfig {
        if (packetInRate < 1 || packetInRate > 1_000_000 || packetInBurst < 1 || packetInBurst > 1_000_000) {
            throw new IllegalArgumentException("packet-in rate and burst are 1 to 1000000");
        }
    }
}
