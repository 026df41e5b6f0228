package io.natator.softswitch.steps.reference;

import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.count.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All shares of a switch, and what they do to a packet together. */
public final class SwitchReference {
    final Clock clock = new Clock();
    final Chooser chooser;
    private final AffineFlows flows = new AffineFlows(clock);
    private final Datagrams datagrams = new Datagrams(this);
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private List<ShareReference> shares = List.of();

    public SwitchReference(Chooser chooser) {
        this.chooser = chooser;
    }

    /** The complete set of shares from now on. */
    public void shares(List<Share> to) {
        List<ShareReference> now = new ArrayList<>();
        for (Share share : to) {
            ShareReference before = find(share.id());
            if (before != null && before.survives(share)) {
                before.change(share);
                now.add(before);
            } else {
                now.add(made(share));
            }
        }
        now.sort(Comparator.comparingInt(s -> s.share.id()));
        shares = now;
        flows.keep(this);
    }

    private ShareReference made(Share share) {
        return switch (share.kind()) {
            case STATIC -> new FixedReference(this, share, flows);
            case DYNAMIC -> new DynamicReference(this, share);
            case NAPT -> new NaptReference(this, share);
            case NAT64 -> new Nat64Reference(this, share);
            case SIIT -> throw new IllegalArgumentException(share.kind() + " is not among these worlds");
        };
    }

    private ShareReference find(int id) {
        return shares.stream().filter(s -> s.share.id() == id).findFirst().orElse(null);
    }

    boolean has(ShareReference share) {
        return shares.contains(share);
    }

    /**
     * Time goes on: what is idle ends.
     *
     * @param nanos of the switch's clock
     */
    public void time(long nanos) {
        clock.tick = nanos >>> 27;
        expire();
    }

    private void expire() {
        shares.forEach(ShareReference::expire);
        flows.expire();
        datagrams.expire();
    }

    /** What becomes of a packet that rules send to a share. */
    public Outcome packet(int share, Direction direction, Flow flow) {
        ShareReference to = find(share);
        return counted(direction == Direction.TO_OUTSIDE ? to.toOutside(flow) : to.toInside(flow, false));
    }

    /**
     * What becomes of a fragment.
     *
     * @param flow all of the packet
     * @param released numbers of those that waited and go on after it
     */
    public Outcome fragment(int share, Direction direction, Flow flow, Piece piece, List<Integer> released) {
        ShareReference to = find(share);
        boolean hairpin = direction == Direction.TO_OUTSIDE
                ? byOutside(flow.dst().address()) != null
                : byInside(flow.src().address()) != null;
        if (direction == Direction.TO_OUTSIDE && to instanceof Nat64Reference crossing && !crossing.isForIpv4(flow)) {
            return counted(to.toOutside(flow));
        }
        if (to instanceof NaptReference || (to instanceof DynamicReference && hairpin)) {
            return datagrams.fragment(share, direction, flow, piece, released);
        }
        // Each for itself; nobody is told of later ones (RFC 1812, section 4.3.2.7).
        Outcome outcome = direction == Direction.TO_OUTSIDE ? to.toOutside(flow) : to.toInside(flow, false);
        boolean silent = outcome instanceof Outcome.Told && piece.offset() > 0;
        return counted(silent ? new Outcome.Refused(((Outcome.Told) outcome).why()) : outcome);
    }

    /** Datagrams of which more may come. */
    public int datagrams() {
        return datagrams.size();
    }

    Outcome counted(Outcome outcome) {
        switch (outcome) {
            case Outcome.Passed _, Outcome.Held _ -> {}
            case Outcome.Refused refused -> count(refused.why());
            case Outcome.Told told -> {
                count(told.why());
                count(Count.TRANSLATE_ERRORS_SENT);
            }
        }
        return outcome;
    }

    /** What becomes of an ICMP error; null if it is dropped. */
    public Report error(int share, Direction direction, Report error) {
        ShareReference to = find(share);
        Report result = direction == Direction.TO_OUTSIDE ? to.errorToOutside(error) : to.errorToInside(error, false);
        if (result == null) {
            count(Count.TRANSLATE_ERROR_UNKNOWN);
        }
        return result;
    }

    void count(Count what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** What must have been counted. */
    public long count(Count... what) {
        long sum = 0;
        for (Count one : what) {
            sum += counts.getOrDefault(one, 0L);
        }
        return sum;
    }

    /** Sessions of a share. */
    public long sessions(int share) {
        return find(share).sessions();
    }

    /** Ports of a share that are given away, those at rest among them. */
    public long ports(int share) {
        return find(share).ports();
    }

    /** A packet whose source was translated goes on to the inside if that is where its destination is. */
    Outcome afterwards(Flow flow) {
        ShareReference next = byOutside(flow.dst().address());
        return next == null ? new Outcome.Passed(flow) : next.toInside(flow, true);
    }

    Report afterwards(Report error) {
        ShareReference next = byOutside(error.dst());
        return next == null ? error : next.errorToInside(error, true);
    }

    /** The share that gives an address away; null if none does. */
    ShareReference byOutside(String address) {
        return shares.stream()
                .filter(s -> s.isStateful() && s.isOutside(address))
                .findFirst()
                .orElse(null);
    }

    /** The share of which an address is an inside one, the closest if there are several; null if there is none. */
    ShareReference byInside(String address) {
        ShareReference best = null;
        for (ShareReference s : shares) {
            boolean closer = best == null
                    || s.share.inside().prefixLength() > best.share.inside().prefixLength();
            best = s.isInside(address) && closer ? s : best;
        }
        return best;
    }

    /** An inside host speaks to an outside address: it is to be seen by its own one (RFC 4787, section 6). */
    Outcome hairpin(ShareReference from, ShareReference to, Flow flow) {
        return from instanceof FixedReference fixed ? to.toInside(fixed.source(flow), true) : from.toOutside(flow);
    }

    Report hairpin(ShareReference from, ShareReference to, Report error) {
        return from instanceof FixedReference fixed
                ? to.errorToInside(fixed.errorOut(error), true)
                : from.errorToOutside(error);
    }
}
