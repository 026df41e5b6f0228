package io.natator.nat;

import java.math.BigInteger;

/** Room in the tables of a pipeline, handed out translation by translation. */
final class Budget {
    private final Context context;
    private final int[] capacities;
    private final int[] tables;
    private final long[] room = new long[Stage.COUNT];

    /**
     * @param capacities most rules of each stage's table
     * @param used rules that serve the device as a whole
     */
    Budget(Context context, int[] tables, int[] capacities, int[] used) {
        this.context = context;
        this.tables = tables.clone();
        this.capacities = capacities.clone();
        for (int i = 0; i < Stage.COUNT; i++) {
            room[i] = (long) capacities[i] - used[i];
        }
    }

    /**
     * What a translation gets.
     *
     * @param units rewrites that fit
     * @param leftovers there is room for the rules that keep the rest from passing untranslated
     * @param limit what kept it from more; empty if nothing did
     */
    record Take(int units, boolean leftovers, String limit) {}

    /** Hands out as much as there is room for. */
    Take take(Method method) {
        long[] fixed = count(method.sample(0));
        long[] each = minus(count(method.sample(1)), fixed);
        int all = method.mostUnits();
        boolean possible = method.obstacle().isEmpty();
        boolean bounded = method.units().compareTo(BigInteger.valueOf(all)) > 0;
        if (possible && !bounded && fits(fixed, each, all)) {
            spend(fixed, each, all);
            return new Take(all, true, "");
        }
        // Some gateways may not be among what is done; room for all of them is kept all the same.
        long[] part = plus(count(method.work(0)), fixed);
        int units = possible ? all - (bounded ? 0 : 1) : 0;
        int narrow = -1;
        for (int i = 0; i < Stage.COUNT; i++) {
            long most = each[i] == 0 ? Long.MAX_VALUE : Math.max(0, (room[i] - part[i]) / each[i]);
            if (most < units) {
                units = (int) most;
                narrow = i;
            }
        }
        boolean leftovers = fits(part, each, units);
        if (!leftovers) {
            units = 0;
            part = count(method.work(0));
            leftovers = fits(part, each, 0);
        }
        if (leftovers) {
            spend(part, each, units);
        }
        return new Take(units, leftovers, limit(method, narrow, bounded));
    }

    private String limit(Method method, int narrow, boolean bounded) {
        if (!method.obstacle().isEmpty()) {
            return method.obstacle();
        }
        if (narrow < 0) {
            return bounded
                    ? "no more than " + method.mostUnits() + " hosts are done one by one"
                    : "the tables are full";
        }
        return "table " + tables[narrow] + " holds " + capacities[narrow] + " rules";
    }

    private boolean fits(long[] fixed, long[] each, long units) {
        for (int i = 0; i < Stage.COUNT; i++) {
            if (fixed[i] + each[i] * units > room[i]) {
                return false;
            }
        }
        return true;
    }

    private void spend(long[] fixed, long[] each, long units) {
        for (int i = 0; i < Stage.COUNT; i++) {
            room[i] -= fixed[i] + each[i] * units;
        }
    }

    private long[] count(Work work) {
        Program program = new Program(new int[Stage.COUNT]);
        Method.emit(context, work, program);
        long[] counts = new long[Stage.COUNT];
        for (int i = 0; i < Stage.COUNT; i++) {
            counts[i] = program.counts()[i];
        }
        return counts;
    }

    private static long[] plus(long[] a, long[] b) {
        long[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    private static long[] minus(long[] a, long[] b) {
        long[] difference = a.clone();
        for (int i = 0; i < difference.length; i++) {
            difference[i] -= b[i];
        }
        return difference;
    }
}
