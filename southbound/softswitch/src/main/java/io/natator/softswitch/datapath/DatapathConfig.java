package io.natator.softswitch.datapath;

import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.session.Limits;
import io.natator.softswitch.session.SessionLog;
import java.security.SecureRandom;

/**
 * How a switch is set up.
 *
 * @param packetInRate packets for the controllers, a second; 1 to 10⁶
 * @param packetInBurst of these at once; 1 to 10⁶
 * @param changesAtOnce steps of changes between two batches of packets; 1 to 10⁶. A rule that comes takes two, one that goes
 *     or is changed three
 * @param sessions how many it holds
 * @param log told of sessions as they come and go
 * @param seed of random ports and addresses: nobody outside should be able to guess it
 */
public record DatapathConfig(
        Profile profile,
        long packetInRate,
        long packetInBurst,
        int changesAtOnce,
        Limits sessions,
        SessionLog log,
        long seed) {
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

    /** With the usual number of changes at once, and of sessions, of which nobody is told. */
    public DatapathConfig(Profile profile, long packetInRate, long packetInBurst) {
        this(profile, packetInRate, packetInBurst, CHANGES_AT_ONCE);
    }

    /** With the usual number of sessions, of which nobody is told. */
    public DatapathConfig(Profile profile, long packetInRate, long packetInBurst, int changesAtOnce) {
        this(
                profile,
                packetInRate,
                packetInBurst,
                changesAtOnce,
                Limits.DEFAULT,
                SessionLog.NONE,
                new SecureRandom().nextLong());
    }

    /** The same for a switch that can do this. */
    public DatapathConfig with(Profile other) {
        return new DatapathConfig(other, packetInRate, packetInBurst, changesAtOnce, sessions, log, seed);
    }

    /** The same with so many sessions, and who is told of them. */
    public DatapathConfig with(Limits limits, SessionLog told) {
        return new DatapathConfig(profile, packetInRate, packetInBurst, changesAtOnce, limits, told, seed);
    }
}
