package io.natator.softswitch.session;

import io.natator.model.intent.Pool.Forward;
import io.natator.model.session.Share;
import io.natator.softswitch.frame.Quote;
import io.natator.softswitch.table.ById;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The shares that there are, and those that are gone but whose sessions are not yet. */
public final class Shares {
    /** Shares, those that are gone included. */
    public static final int MOST = 1 << 16;

    /** Addresses of one pool. */
    public static final int MOST_ADDRESSES = OutsidePool.MOST;

    private static final int GENERATIONS = 256;

    private final List<ShareState> slots = new ArrayList<>();
    private ById<ShareState> byId = new ById<>();
    /** Those with state, for looking up hairpins. */
    private ShareState[] stateful = {};

    private ShareState[] all = {};
    /** See {@link #surelyFits}. */
    private int surelyFits = Integer.MAX_VALUE;

    private boolean anyGone;
    private int generation;
    private int unswept;

    /** The share with this number; null if nothing is of it any more. */
    public ShareState get(int slot) {
        return slots.get(slot);
    }

    /** The share that the controller calls so; null if there is none. */
    public ShareState byId(int id) {
        return byId.get(id);
    }

    public List<ShareState> all() {
        return byId.all();
    }

    /** Counts changes, 0 to 255: a session of another generation must be checked before it is used. */
    public int generation() {
        return generation;
    }

    /** The share that gives an IPv4 address away; null if none does. */
    public ShareState byOutside(int address) {
        for (ShareState share : stateful) {
            if (share.hasOutside(address)) {
                return share;
            }
        }
        return null;
    }

    /** The SIIT share by which an IPv4 address is an inside one; null if there is none. */
    public ShareState byMapping(int address) {
        for (ShareState share : all) {
            if (share.mapping != null && share.mapping.holds(address)) {
                return share;
            }
        }
        return null;
    }

    /**
     * The share that an ICMPv6 error of the inside belongs to: that of the host that it quotes, of the longest prefix. Rules cannot see
     * whom errors of routers quote, and send them to any.
     *
     * @param other if there is none
     */
    public ShareState ofQuoted(boolean quotes, Quote quote, ShareState other) {
        ShareState share = quotes ? byInside(6, quote.high(false), quote.address(false)) : null;
        return share != null && share.kind.crosses() ? share : other;
    }

    /** The share of which an address is an inside one, that of the longest prefix; null if there is none. */
    public ShareState byInside(int version, long high, long low) {
        ShareState best = null;
        for (ShareState share : all) {
            boolean closer = best == null || share.inside.length > best.inside.length;
            if (closer && share.inside.version == version && share.inside.holds(high, low)) {
                best = share;
            }
        }
        return best;
    }

    /** Packets of no more octets fit the links to all IPv6 hosts of NAT64, also as fragments of IPv6. */
    public int surelyFits() {
        return surelyFits;
    }

    /** Ports that each inside host would have of each protocol; 0: there are not enough (RFC 7422). */
    public static int deterministicPorts(Share share) {
        return ShareState.deterministic(share).ports();
    }

    /** False if so many sets were taken since all sessions were looked at, that these must be first. */
    public boolean areOpen() {
        return unswept < GENERATIONS - 2;
    }

    /** Takes a set that {@link ShareCheck} found right, if they {@link #areOpen}. Sessions are looked at little by little. */
    public void set(List<Share> to, SessionStore store) {
        if (++unswept == GENERATIONS - 1) {
            throw new IllegalStateException("a session could be taken for one that was checked");
        }
        ById<ShareState> now = new ById<>();
        Set<ShareState> kept = new HashSet<>();
        for (Share share : to) {
            ShareState before = byId.get(share.id());
            if (before != null && before.compatible(share)) {
                if (!before.share.equals(share)) {
                    reconfigure(before, share, store);
                }
                now.put(share.id(), before);
                kept.add(before);
            }
        }
        for (ShareState before : byId.all()) {
            if (!kept.contains(before)) {
                before.pool.forwards().forEach(f -> unforward(f, store));
                before.isThere = false;
                anyGone = true;
            }
        }
        to.stream()
                .filter(share -> now.get(share.id()) == null)
                .forEach(share -> now.put(share.id(), added(share, store)));
        byId = now;
        all = now.all().toArray(ShareState[]::new);
        stateful = now.all().stream().filter(s -> s.kind.stateful()).toArray(ShareState[]::new);
        surelyFits = Integer.MAX_VALUE;
        for (ShareState share : stateful) {
            surelyFits = share.hasIpv6Hosts ? Math.min(surelyFits, share.surelyFits()) : surelyFits;
        }
        generation = (generation + 1) % GENERATIONS;
        store.sweep();
        for (ShareState share : stateful) {
            for (Forward f : share.pool.forwards()) {
                boolean _ = store.forward(share, f);
            }
        }
    }

    private static void reconfigure(ShareState before, Share to, SessionStore store) {
        Set<Forward> stay = new HashSet<>(to.pool().forwards());
        before.pool.forwards().stream().filter(f -> !stay.contains(f)).forEach(f -> unforward(f, store));
        before.configure(to);
    }

    private ShareState added(Share share, SessionStore store) {
        int slot = slots.indexOf(null);
        if (slot < 0) {
            slot = slots.size();
            slots.add(null);
        }
        ShareState state = new ShareState(slot, share);
        state.close(store.tick() + Holds.LONGEST);
        slots.set(slot, state);
        return state;
    }

    private static void unforward(Forward f, SessionStore store) {
        store.unforward(f.protocol(), ShareState.number(f.outside()), f.outsidePort());
    }

    boolean anyGone() {
        return anyGone;
    }

    /** All sessions were checked. */
    void forgetGone() {
        unswept = 0;
        for (int i = 0; i < slots.size() && anyGone; i++) {
            if (slots.get(i) != null && !slots.get(i).isThere) {
                slots.set(i, null);
            }
        }
        anyGone = false;
    }
}
