package io.natator.softswitch.meter;

import io.natator.softswitch.flow.Modification.Band;
import io.natator.softswitch.flow.Modification.MeterMod;
import io.natator.softswitch.flow.Reply;
import java.util.ArrayList;
import java.util.List;

/**
 * A meter as it stands: each band is a token bucket of its rate. Of the bands that a packet exceeds, the one of the highest
 * rate is applied (OpenFlow 1.3.5, section 5.7).
 */
public final class Meter {
    /** The packet passes. */
    public static final int PASS = -1;
    /** The packet is dropped. */
    public static final int DROP = 0;

    static final int PACKETS = 2;
    static final int BURST = 4;

    /** Of a band's level: a bit is 10⁶, so that a kbit/s is 1 a nanosecond. */
    private static final long BIT = 1_000_000;
    /** A packet is 10⁹, so that a packet a second is 1 a nanosecond. */
    private static final long PACKET = 1_000_000_000;

    private final MeterMod mod;
    private final long installed;
    private final Band[] bands;
    private final long[] levels;
    private final long[] bandPackets;
    private final long[] bandBytes;
    private long filled;
    private long packets;
    private long bytes;

    Meter(MeterMod mod, long installed, long now) {
        this.mod = mod;
        this.installed = installed;
        bands = mod.bands().toArray(Band[]::new);
        levels = new long[bands.length];
        bandPackets = new long[bands.length];
        bandBytes = new long[bands.length];
        filled = now;
        for (int i = 0; i < bands.length; i++) {
            levels[i] = full(i);
        }
    }

    private boolean countsPackets() {
        return (mod.flags() & PACKETS) != 0;
    }

    /** What a band holds at most: its burst, or what passes in a second. */
    private long full(int band) {
        long burst = (mod.flags() & BURST) != 0 ? bands[band].burst() : bands[band].rate();
        // A burst is kbit or packets: 1000 bits of 10⁶ are as much as a packet.
        return burst * PACKET;
    }

    /**
     * A packet comes.
     *
     * @return {@link #PASS}, {@link #DROP}, or by how much its drop precedence rises
     */
    public int take(int octets, long now) {
        packets++;
        bytes += octets;
        long elapsed = Math.max(0, now - filled);
        filled = now;
        long cost = countsPackets() ? PACKET : octets * 8L * BIT;
        int exceeded = -1;
        for (int i = 0; i < bands.length; i++) {
            fill(i, elapsed);
            // A frame larger than the burst (64 KiB before segmentation) passes on credit: the rate is right in the
            // end.
            if (levels[i] > 0) {
                levels[i] -= cost;
            } else if (exceeded < 0 || bands[i].rate() > bands[exceeded].rate()) {
                exceeded = i;
            }
        }
        if (exceeded < 0) {
            return PASS;
        }
        bandPackets[exceeded]++;
        bandBytes[exceeded] += octets;
        return switch (bands[exceeded]) {
            case Band.Drop _ -> DROP;
            case Band.DscpRemark remark -> remark.precedenceLevel();
        };
    }

    private void fill(int band, long elapsed) {
        long full = full(band);
        long room = full - levels[band];
        levels[band] = elapsed > room / bands[band].rate() ? full : levels[band] + elapsed * bands[band].rate();
    }

    /** True if packets may leave it changed. */
    public boolean remarks() {
        for (Band band : bands) {
            if (band instanceof Band.DscpRemark) {
                return true;
            }
        }
        return false;
    }

    MeterMod mod() {
        return mod;
    }

    long installed() {
        return installed;
    }

    Reply.Meter describe(int references, long now) {
        List<Reply.BucketCount> counts = new ArrayList<>();
        for (int i = 0; i < bands.length; i++) {
            counts.add(new Reply.BucketCount(bandPackets[i], bandBytes[i]));
        }
        return new Reply.Meter(mod, references, packets, bytes, now - installed, counts);
    }
}
