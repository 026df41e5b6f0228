package io.natator.bgp.ribout;

import io.natator.bgp.codec.Family;
import io.natator.bgp.fsm.Negotiated;
import io.natator.model.peering.Peering;
import io.natator.model.southbound.NeighborEvent.Unsent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Routes towards one neighbour. Messages are made one at a time as the caller has room for them, so that nothing grows
 * with what a neighbour does not read. What is new goes out before what is gone.
 */
public final class RibOut {
    private final Rib rib;
    private final String neighbor;
    private final Map<Family, Member> members = new EnumMap<>(Family.class);
    private boolean enhancedRefresh;

    RibOut(Rib rib, String neighbor) {
        this.rib = rib;
        this.neighbor = neighbor;
    }

    /** A session is up: the neighbour holds nothing of ours that it will not be told again before End-of-RIB. */
    public void up(Peering peering, Negotiated negotiated) {
        down();
        enhancedRefresh = negotiated.enhancedRefresh();
        for (Family family : negotiated.families()) {
            Terms terms = new Terms(
                    family,
                    peering.localAs(),
                    negotiated.context(),
                    negotiated.addPath().contains(family),
                    peering.exports());
            Member member = rib.join(neighbor, terms);
            if (negotiated.endOfRib()) {
                member.endOfRib();
            }
            members.put(family, member);
        }
    }

    public void down() {
        members.values().forEach(rib::leave);
        members.clear();
    }

    /** The neighbour wants all routes of {@code family} again (RFC 2918, 7313). */
    public void refresh(Family family) {
        Member member = members.get(family);
        if (member != null) {
            member.refresh(enhancedRefresh);
        }
    }

    /** Prefixes that the neighbour was told and not told to forget; with ADD-PATH, each of its paths. */
    public int told() {
        int told = 0;
        for (Member member : members.values()) {
            told += member.told();
        }
        return told;
    }

    /** Whole messages, one a call; empty when there is nothing more to tell. */
    public Optional<byte[]> next() {
        if (!rib.isComplete()) {
            return Optional.empty();
        }
        return first(Member::announcement).or(() -> first(Member::withdrawal)).or(() -> first(Member::mark));
    }

    private Optional<byte[]> first(Function<Member, Optional<byte[]>> source) {
        for (Member member : members.values()) {
            Optional<byte[]> message = source.apply(member);
            if (message.isPresent()) {
                return message;
            }
        }
        return Optional.empty();
    }

    /** True once all was told that is to be, End-of-RIB included. */
    public boolean settled() {
        return rib.isComplete()
                && !members.isEmpty()
                && members.values().stream().allMatch(Member::isSettled);
    }

    /** UPDATEs that make one who holds nothing hold what was told. */
    public void replay(Consumer<byte[]> each) {
        members.values().forEach(member -> member.replay(each));
    }

    /** Announcements for the neighbour that its present session does not carry; 0 without a session. */
    public int heldBack() {
        int count = 0;
        for (int ofKind : heldBackBy().values()) {
            count += ofKind;
        }
        return count;
    }

    /** The same by reason, in words. */
    public Map<String, Integer> heldBackBy() {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        if (members.isEmpty()) {
            return kinds;
        }
        for (Family family : Family.values()) {
            Member member = members.get(family);
            if (member != null) {
                member.group().heldBack(kinds);
            } else if (rib.meant(neighbor, family) > 0) {
                kinds.put(notSpoken(family), rib.meant(neighbor, family));
            }
        }
        rib.refused(neighbor).forEach((announcement, why) -> kinds.merge(why, 1, Integer::sum));
        return kinds;
    }

    private static String notSpoken(Family family) {
        return "the neighbour does not speak " + family.label();
    }

    /** Announcements that its export policy keeps from the neighbour. */
    public int filtered() {
        int count = 0;
        for (Member member : members.values()) {
            count += member.group().filtered();
        }
        return count;
    }

    /** Why, one by one, of at most {@link Unsent#MOST_UNSENT} of them; in no order. */
    public List<Unsent.Reason> unsent() {
        List<Unsent.Reason> reasons = new ArrayList<>();
        if (members.isEmpty()) {
            return reasons;
        }
        rib.refused(neighbor).forEach((announcement, why) -> {
            if (reasons.size() < Unsent.MOST_UNSENT) {
                reasons.add(new Unsent.Reason(announcement.prefix(), announcement.nextHop(), why));
            }
        });
        for (Family family : Family.values()) {
            Member member = members.get(family);
            if (member != null) {
                member.group().unsent(reasons);
            } else if (rib.meant(neighbor, family) > 0) {
                rib.forEach(neighbor, family, (prefix, path) -> {
                    if (reasons.size() < Unsent.MOST_UNSENT) {
                        reasons.add(new Unsent.Reason(prefix, path.nextHop(), notSpoken(family)));
                    }
                });
            }
        }
        return reasons;
    }
}
