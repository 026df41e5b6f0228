package io.natator.softswitch.session;

import io.natator.model.intent.Kind;
import io.natator.model.session.Binding;
import io.natator.model.session.BindingRound;
import io.natator.model.session.BindingRound.Busy;
import io.natator.model.session.BindingRound.Held;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.onlab.packet.IpAddress;

/** Bindings whose work rules of devices do, and which others are used so much that it would be worth it. */
public final class Bindings {
    /** Addresses that are looked at for one answer; the next goes on behind them. */
    static final int LOOKS = 8192;

    private static final long MINUTE = 60_000_000_000L;

    private final Shares shares;
    private final SessionStore store;
    private final SessionTable sessions;
    private final Holds holds;
    private int nextShare;
    private int nextAddress;

    public Bindings(Shares shares, SessionStore store) {
        this.shares = shares;
        this.store = store;
        sessions = store.sessions;
        holds = store.holds();
    }

    /** Takes what is told, and answers what is asked. */
    public BindingRound.Answer take(BindingRound round) {
        round.open().stream().map(shares::byId).filter(s -> s != null).forEach(ShareState::open);
        List<Binding> gone = new ArrayList<>();
        for (Held held : round.held()) {
            if (!take(held)) {
                gone.add(held.binding());
            }
        }
        return new BindingRound.Answer(round.number(), gone, busy(round.most()));
    }

    /** False if the binding is not there, or cannot be held. */
    private boolean take(Held held) {
        Binding binding = held.binding();
        ShareState share = shares.byId(binding.share());
        int inside = (int) Block.low(binding.inside());
        int outside = (int) Block.low(binding.outside());
        boolean possible = share != null
                && share.kind == Kind.DYNAMIC
                && binding.inside().isIp4()
                && binding.outside().isIp4();
        int s = possible ? of(share, outside) : 0;
        boolean there = s != 0 && sessions.inside(s) == inside;
        int tick = store.tick();
        if (there) {
            int used = tick - Wheel.ticks(Math.max(0, held.unused().toNanos()));
            if (used - sessions.lastSeen(s) > 0) {
                sessions.lastSeen(s, used);
            }
        }
        if (held.hold().isZero()) {
            holds.release(outside, inside);
            if (there) {
                store.rearmFrom(share, s, sessions.lastSeen(s));
            }
            return there;
        }
        return there
                && holds.hold(outside, inside, tick + Wheel.ticks(held.hold().toNanos()), tick);
    }

    /** The binding that has an address; 0 if there is none that is still legal. */
    private int of(ShareState share, int outside) {
        OutsideAddress address = share.addresses.of(outside);
        int s = address == null ? 0 : address.binding();
        return s != 0 && store.check(s) ? s : 0;
    }

    private List<Busy> busy(int most) {
        PriorityQueue<Busy> best = new PriorityQueue<>(Comparator.comparingLong(Busy::packets));
        List<ShareState> all = shares.all();
        int looks = 0;
        for (int i = 0; i < all.size() && most > 0 && looks < LOOKS; i++) {
            ShareState share = all.get(Math.floorMod(nextShare, all.size()));
            if (share.kind == Kind.DYNAMIC && share.share.offered()) {
                int end = Math.min(share.addresses.size(), nextAddress + LOOKS - looks);
                for (; nextAddress < end; nextAddress++, looks++) {
                    look(share, share.addresses.known(nextAddress), best, most);
                }
                if (nextAddress < share.addresses.size()) {
                    break;
                }
            }
            nextShare++;
            nextAddress = 0;
        }
        return best.stream()
                .sorted(Comparator.comparingLong(Busy::packets).reversed())
                .toList();
    }

    private void look(ShareState share, OutsideAddress address, PriorityQueue<Busy> best, int most) {
        int s = address == null ? 0 : address.binding();
        if (s == 0 || !store.check(s)) {
            return;
        }
        long rate = address.rate(sessions.packets(s), sessions.since(s), store.tick());
        if (rate > 0) {
            Binding binding = new Binding(
                    share.share.id(), IpAddress.valueOf(sessions.inside(s)), IpAddress.valueOf(address.address));
            best.add(new Busy(binding, rate));
            if (best.size() > most) {
                best.remove();
            }
        }
    }

    /** Packets a minute. */
    static long rate(long packets, int ticks) {
        return packets * MINUTE / ((long) Math.max(1, ticks) << Wheel.TICK_BITS);
    }
}
