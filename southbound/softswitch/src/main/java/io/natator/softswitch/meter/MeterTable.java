package io.natator.softswitch.meter;

import io.natator.softswitch.flow.ErrorType;
import io.natator.softswitch.flow.Modification.Band;
import io.natator.softswitch.flow.Modification.MeterMod;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Refused;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.table.ById;
import io.natator.softswitch.table.FlowTables;
import io.natator.softswitch.table.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The meters of a switch (OpenFlow 1.3.5, sections 5.7 and 7.3.4.4). */
public final class MeterTable {
    /** Most bands of a meter. */
    public static final int MAX_BANDS = 16;
    /** Every meter, where a meter is to be deleted. */
    public static final int ALL = 0xFFFF_FFFF;

    private static final int MAX_ID = 0xFFFF_0000;
    private static final int KBPS = 1;
    private static final int KNOWN_FLAGS = 15;
    /** A burst of this and more would not fit the level of a band. */
    private static final long MAX_BURST = 1L << 32;

    /** Those that packets meet. */
    private ById<Meter> met = new ById<>();
    /** Those that changes see: the same, or while a transaction is prepared a copy. */
    private ById<Meter> meters = met;

    private final Profile profile;

    public MeterTable(Profile profile) {
        this.profile = profile;
    }

    /** The meter of this number that packets meet, or null. */
    public Meter get(int id) {
        return met.get(id);
    }

    /** True if there is a meter of this number for the next change. */
    public boolean exists(int id) {
        return meters.get(id) != null;
    }

    /** Makes one change, wholly or not at all; rules that go through a meter which is deleted go with it. */
    public void change(MeterMod mod, FlowTables rules, long now, Journal journal) throws Refused {
        if (journal.isTransaction() && meters == met) {
            meters = met.copy();
            journal.undo(() -> meters = met);
            journal.atCommit(() -> met = meters);
        }
        switch (mod.command()) {
            case ADD -> add(mod, now, journal);
            case MODIFY -> modify(mod, now, journal);
            case DELETE -> {
                if (mod.meter() == ALL) {
                    for (Meter meter : meters.all()) {
                        remove(meter, rules, now, journal);
                    }
                } else if (exists(mod.meter())) {
                    remove(meters.get(mod.meter()), rules, now, journal);
                }
            }
        }
    }

    private void add(MeterMod mod, long now, Journal journal) throws Refused {
        if (exists(mod.meter())) {
            throw refused(ErrorType.METER_MOD_FAILED_METER_EXISTS, mod, "is there already");
        }
        if (mod.meter() == 0 || Integer.compareUnsigned(mod.meter(), MAX_ID) > 0) {
            throw refused(ErrorType.METER_MOD_FAILED_INVALID_METER, mod, "has a reserved number");
        }
        if (meters.size() >= profile.meters()) {
            throw refused(
                    ErrorType.METER_MOD_FAILED_OUT_OF_METERS,
                    mod,
                    "is one more than the " + profile.meters() + " there can be");
        }
        check(mod);
        meters.put(mod.meter(), new Meter(mod, now, now));
        journal.undo(() -> meters.remove(mod.meter()));
    }

    private void modify(MeterMod mod, long now, Journal journal) throws Refused {
        Meter old = meters.get(mod.meter());
        if (old == null) {
            throw refused(ErrorType.METER_MOD_FAILED_UNKNOWN_METER, mod, "is not there");
        }
        check(mod);
        meters.put(mod.meter(), new Meter(mod, old.installed(), now));
        journal.undo(() -> meters.put(mod.meter(), old));
    }

    private void remove(Meter meter, FlowTables rules, long now, Journal journal) {
        int id = meter.mod().meter();
        meters.remove(id);
        journal.undo(() -> meters.put(id, meter));
        rules.deleteMeter(id, now, journal);
    }

    private static void check(MeterMod mod) throws Refused {
        boolean bits = (mod.flags() & KBPS) != 0;
        boolean packets = (mod.flags() & Meter.PACKETS) != 0;
        if ((mod.flags() & ~KNOWN_FLAGS) != 0 || (bits && packets)) {
            throw refused(ErrorType.METER_MOD_FAILED_BAD_FLAGS, mod, "has flags that contradict each other");
        }
        if (mod.bands().size() > MAX_BANDS) {
            throw refused(ErrorType.METER_MOD_FAILED_OUT_OF_BANDS, mod, "has more than " + MAX_BANDS + " bands");
        }
        for (Band band : mod.bands()) {
            if (band.rate() <= 0 || band.rate() >= MAX_BURST || band.burst() < 0 || band.burst() >= MAX_BURST) {
                throw refused(ErrorType.METER_MOD_FAILED_BAD_RATE, mod, "has a band without a rate");
            }
            if (band instanceof Band.DscpRemark(long _, long _, int level) && (level < 1 || level > 3)) {
                throw refused(ErrorType.METER_MOD_FAILED_BAD_BAND_VALUE, mod, "raises the precedence by " + level);
            }
        }
    }

    private static Refused refused(ErrorType error, MeterMod mod, String why) {
        return new Refused(error, "meter " + Integer.toUnsignedString(mod.meter()) + " " + why);
    }

    /** One meter, or all, with how often they are used. */
    public List<Reply.Meter> describe(Optional<Integer> id, FlowTables rules, long now) {
        List<Reply.Meter> described = new ArrayList<>();
        for (Meter meter : meters.all()) {
            int number = meter.mod().meter();
            if (id.isEmpty() || id.get() == number) {
                described.add(meter.describe(rules.references().meter(number), now));
            }
        }
        return described;
    }
}
