package io.natator.softswitch.session;

/** Ends sessions whose time is over, and those that have no place any more after shares changed: some at a time. */
final class Aging {
    /** Sessions whose memory is fetched at once. */
    private static final int AT_ONCE = 32;

    private final SessionStore store;
    private final SessionTable sessions;
    private final MappingStore below;
    private final Wheel wheel;
    private final Shares shares;
    private final Moment moment;
    private int swept;
    private boolean sweeping;
    private final int[] next = new int[AT_ONCE];

    Aging(SessionStore store, MappingStore below, Wheel wheel, Shares shares, Moment moment) {
        this.store = store;
        this.sessions = store.sessions;
        this.below = below;
        this.wheel = wheel;
        this.shares = shares;
        this.moment = moment;
    }

    /** See {@link SessionStore#expire}. */
    int expire(int most) {
        int done = 0;
        for (; done < most; done++) {
            if (done % AT_ONCE == 0) {
                fetch();
            }
            int s = wheel.due(moment.tick);
            if (s == 0) {
                return done + below.wake(most - done);
            }
            ifDue(s);
        }
        return done;
    }

    /** Fetches what those need that will end next. */
    private void fetch() {
        int ends = 0;
        int due = wheel.ahead(next, moment.tick);
        for (int i = 0; i < due; i++) {
            if (end(next[i]) - moment.tick <= 0) {
                next[ends++] = next[i];
            }
        }
        below.ahead.end(next, ends);
    }

    /** The tick when a session's time is over, unless packets by rules of devices prolong it. */
    private int end(int s) {
        return sessions.lastSeen(s) + store.timeout(shares.get(sessions.share(s)), s);
    }

    private void ifDue(int s) {
        int due = end(s);
        if (sessions.kind(s) == SessionTable.BINDING) {
            int held = below.holds.until(sessions.outside(s), sessions.inside(s), moment.tick);
            due = held - due > 0 ? held : due;
        }
        wheel.add(s, due); // also if it ends: end() takes it off again
        if (due - moment.tick <= 0) {
            int state = sessions.state(s);
            boolean closed = sessions.protocol(s) == 6 && (state == TcpState.CLOSED || state == TcpState.RESET);
            store.end(s, closed ? End.CLOSED : End.IDLE);
        }
    }

    /** Shares changed: all sessions are to be looked at again. */
    void begin() {
        swept = 0;
        sweeping = true;
        below.leftovers.begin();
    }

    /** See {@link SessionStore#sweep(int)}. */
    void sweep(int most) {
        for (int i = 0; i < most && sweeping; i++) {
            if (swept < sessions.highest()) {
                sweep(sessions.kind(++swept), swept);
            } else if (!below.leftovers.step()) {
                sweeping = false;
                shares.forgetGone();
            }
        }
    }

    private void sweep(int kind, int s) {
        if (kind != SessionTable.NONE) {
            boolean _ = store.check(s);
        }
    }
}
