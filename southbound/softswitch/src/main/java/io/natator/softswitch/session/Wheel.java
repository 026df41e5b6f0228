package io.natator.softswitch.session;

/**
 * When to look at which session: a ring of lists, one a {@link #TICK_BITS tick}. A packet only notes when it came; when its
 * time comes, a session that was used meanwhile goes to a later list. Sessions that are due earlier than before are moved.
 */
final class Wheel {
    /** A tick is 2²⁷ nanoseconds, some 134 ms. */
    static final int TICK_BITS = 27;

    /** 2 h 26 min: what is due later is looked at then, and goes round again. */
    static final int SLOTS = 1 << 16;

    private final SessionTable sessions;
    private final int[] heads = new int[SLOTS];
    /** The tick whose list is worked on; all before are empty. */
    private int position;

    private boolean started;

    Wheel(SessionTable sessions) {
        this.sessions = sessions;
    }

    static int tick(long nanos) {
        return (int) (nanos >>> TICK_BITS);
    }

    /** Ticks that last at least so many nanoseconds. */
    static int ticks(long nanos) {
        return (int) Math.min(Integer.MAX_VALUE / 4, (nanos + (1L << TICK_BITS) - 1) >>> TICK_BITS);
    }

    /** Nothing is due before this time. */
    void start(int tick) {
        if (!started) {
            position = tick;
            started = true;
        }
    }

    /** The tick whose list is looked at next. */
    int position() {
        return position;
    }

    /** Adds a session that is due at a tick, or at the next one if that is over. */
    void add(int s, int due) {
        int ahead = Math.clamp(due - position, 1, SLOTS - 1);
        int slot = (position + ahead) & (SLOTS - 1);
        int head = heads[slot];
        sessions.wheelNext(s, head);
        sessions.wheelBefore(s, -1 - slot);
        if (head != 0) {
            sessions.wheelBefore(head, s);
        }
        heads[slot] = s;
    }

    void remove(int s) {
        int next = sessions.wheelNext(s);
        int before = sessions.wheelBefore(s);
        if (before < 0) {
            heads[-1 - before] = next;
        } else {
            sessions.wheelNext(before, next);
        }
        if (next != 0) {
            sessions.wheelBefore(next, before);
        }
    }

    /**
     * The next session to be looked at, taken off its list; 0 if none is left up to this tick.
     *
     * @param tick now
     */
    int due(int tick) {
        int s = first(tick);
        if (s != 0) {
            remove(s);
        }
        return s;
    }

    /**
     * Sessions that {@link #due} will give next, in its order, for fetching what they need early: of one list.
     *
     * @param tick now
     * @return how many: as there is room, or fewer
     */
    int ahead(int[] next, int tick) {
        int count = 0;
        for (int s = first(tick); s != 0 && count < next.length; s = sessions.wheelNext(s)) {
            next[count++] = s;
        }
        return count;
    }

    private int first(int tick) {
        if (tick - position >= SLOTS) {
            position = tick - SLOTS + 1; // all that there are were due before: one round finds them
        }
        while (position - tick <= 0) {
            int s = heads[position & (SLOTS - 1)];
            if (s != 0 || position == tick) {
                return s;
            }
            position++;
        }
        return 0;
    }
}
