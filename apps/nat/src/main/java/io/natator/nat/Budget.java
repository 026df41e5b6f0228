package io.natator.nat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Room in the tables of a pipeline, handed out translation by translation. */
final class Budget {
    private final Context context;
    private final int[] capacities;
    private final int[] tables;
    private final long[] room = new long[Stage.COUNT];
    private final Map<Method, long[]> reserved = new HashMap<>();

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
     * Keeps room for the least that every translation needs so that nothing of it passes untranslated, whatever the
     * others take. If there is not even room for that, nothing is kept.
     */
    void reserve(List<Method> methods) {
        Map<Method, long[]> least = new HashMap<>();
        long[] sum = new long[Stage.COUNT];
        for (Method method : methods) {
            long[] counts = count(method.work(0));
            least.put(method, counts);
            add(sum, counts, 1);
        }
        if (fits(sum)) {
            add(room, sum, -1);
            reserved.putAll(least);
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
        long[] own = reserved.get(method);
        if (own != null) {
            add(room, own, 1);
        }
        long[] fixed = count(method.sample(0, method.leaves()));
        long[] each = count(method.sample(1, method.leaves()));
        add(each, fixed, -1);
        int all = method.mostUnits();
        boolean possible = method.obstacle().isEmpty();
        boolean bounded = method.units().compareTo(BigInteger.valueOf(all)) > 0;
        if (possible && !bounded && spend(fixed, each, all)) {
            return new Take(all, true, "");
        }
        long[] part = count(method.sample(0, true));
        int units = possible ? all - (bounded ? 0 : 1) : 0;
        int narrow = -1;
        for (int i = 0; i < Stage.COUNT; i++) {
            long most = each[i] == 0 ? Long.MAX_VALUE : Math.max(0, (room[i] - part[i]) / each[i]);
            if (most < units) {
                units = (int) most;
                narrow = i;
            }
        }
        String limit = limit(method, narrow, bounded);
        if (units > 0 && spend(part, each, units)) {
            return new Take(units, true, limit);
        }
        return new Take(0, spend(count(method.work(0)), each, 0), limit);
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

    /** Takes the room for {@code fixed} and {@code units} times {@code each}, if there is. */
    private boolean spend(long[] fixed, long[] each, int units) {
        long[] sum = fixed.clone();
        add(sum, each, units);
        if (!fits(sum)) {
            return false;
        }
        add(room, sum, -1);
        return true;
    }

    private boolean fits(long[] counts) {
        for (int i = 0; i < Stage.COUNT; i++) {
            if (counts[i] > room[i]) {
                return false;
            }
        }
        return true;
    }

    private static void add(long[] sum, long[] counts, long times) {
        for (int i = 0; i < Stage.COUNT; i++) {
            sum[i] += times * counts[i];
        }
    }

    private long[] count(Work work) {
        Program program = new Program(new int[Stage.COUNT]);
        Method.emit(context, work, program);
        return Arrays.stream(program.counts()).asLongStream().toArray();
    }
}
