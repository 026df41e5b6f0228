package io.natator.softswitch.session;

import java.util.HashMap;
import java.util.Map;

/**
 * Outside addresses whose bindings rules of devices do the work of: whatever becomes of a binding, its address is given to nobody
 * else before the controller has said that the rules are gone, or they have gone by themselves.
 */
public final class Holds {
    /** After so long no rule of a device is left, whoever installed it: longer than any hold. */
    static final int LONGEST = Wheel.ticks(900_000_000_000L);

    private static final int MOST = 1 << 16;

    private final Map<Integer, Hold> byOutside = new HashMap<>();

    private record Hold(int inside, int until) {}

    /**
     * Holds an address for a host.
     *
     * @param until tick; at most {@link #LONGEST} ahead
     * @return false if it is held for another, or there is no room
     */
    boolean hold(int outside, int inside, int until, int tick) {
        if (isForAnother(outside, inside, tick) || (byOutside.size() >= MOST && !byOutside.containsKey(outside))) {
            return false;
        }
        byOutside.put(outside, new Hold(inside, tick + Math.min(until - tick, LONGEST)));
        return true;
    }

    /** The rules are gone. */
    void release(int outside, int inside) {
        Hold hold = byOutside.get(outside);
        if (hold != null && hold.inside == inside) {
            byOutside.remove(outside);
        }
    }

    /** True if no host but another one may have the address. */
    boolean isForAnother(int outside, int inside, int tick) {
        Hold hold = current(outside, tick);
        return hold != null && hold.inside != inside;
    }

    /** True if the address is held for anybody. */
    boolean isHeld(int outside, int tick) {
        return current(outside, tick) != null;
    }

    /** When the hold of a host's address ends; {@code tick} if there is none. */
    int until(int outside, int inside, int tick) {
        Hold hold = current(outside, tick);
        return hold == null || hold.inside != inside ? tick : hold.until;
    }

    private Hold current(int outside, int tick) {
        if (byOutside.isEmpty()) {
            return null;
        }
        Hold hold = byOutside.get(outside);
        if (hold != null && hold.until - tick <= 0) {
            byOutside.remove(outside);
            return null;
        }
        return hold;
    }

    /** Addresses that are held, or were and nobody has asked since. */
    public int size() {
        return byOutside.size();
    }
}
