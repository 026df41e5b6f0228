package io.natator.bgp.ribout;

import io.natator.bgp.codec.Communities;
import io.natator.bgp.codec.Family;
import io.natator.model.compile.Announcement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * All that is announced to anyone, and who is told what. What changes costs as much as changes, not as much as there is.
 *
 * <pre>
 *   announcements ─▶ RouteTable (one a family) ─▶ ExportGroup (neighbours of equal terms) ─▶ Member (one neighbour)
 * </pre>
 */
public final class Rib {
    /** What all announcements of one kind share. */
    private record Kind(Path path, Audience audience) {}

    private record KindKey(
            IpAddress nextHop, List<String> communities, OptionalLong med, boolean draining, List<String> neighbors) {
        static KindKey of(Announcement one) {
            return new KindKey(one.nextHop(), one.communities(), one.med(), one.draining(), one.neighbors());
        }
    }

    /** Kinds are few; should they not be, they are made anew. */
    private static final int MAX_KINDS = 1024;

    private final Map<Family, RouteTable> tables = new EnumMap<>(Family.class);
    private final Map<Family, List<ExportGroup>> groups = new EnumMap<>(Family.class);
    private final Audiences audiences = new Audiences(this::appeared);
    private final Map<KindKey, Kind> kinds = new HashMap<>();
    private final Map<Announcement, String> refused = new LinkedHashMap<>();
    private Announcement lastLike;
    private Kind lastKind;
    private boolean complete;
    private int set;

    /** Nothing is announced yet, and nothing is told, not even that. */
    public Rib() {
        for (Family family : Family.values()) {
            tables.put(family, new RouteTable());
            groups.put(family, new ArrayList<>());
        }
    }

    /** The complete set of announcements. */
    public void replace(Collection<Announcement> announcements) {
        complete = true;
        set++;
        refused.clear();
        for (Announcement announcement : announcements) {
            Kind kind = kind(announcement);
            if (kind != null) {
                table(announcement).see(set, announcement.prefix(), kind.path(), kind.audience());
            }
        }
        tables.values().forEach(table -> table.seen(set));
        settle();
    }

    /**
     * What came to the complete set, and what left it. Gives the same as {@link #replace} with the set that results.
     *
     * @throws IllegalStateException before there was a complete set
     */
    public void change(Collection<Announcement> added, Collection<Announcement> removed) {
        if (!complete) {
            throw new IllegalStateException("a change of no set");
        }
        for (Announcement announcement : removed) {
            Kind kind = kind(announcement);
            if (kind != null) {
                table(announcement).remove(announcement.prefix(), kind.path(), kind.audience());
            }
            refused.remove(announcement);
        }
        for (Announcement announcement : added) {
            Kind kind = kind(announcement);
            if (kind != null) {
                table(announcement).add(announcement.prefix(), kind.path(), kind.audience());
            }
        }
        settle();
    }

    /** A neighbour, which is told nothing until its session is up. */
    public RibOut neighbor(String id) {
        return new RibOut(this, id);
    }

    /** True once there was a complete set: from then on neighbours are told. */
    boolean isComplete() {
        return complete;
    }

    /** True if somebody is offered {@code prefix}. */
    public boolean isAnnounced(IpPrefix prefix) {
        return tables.get(Family.of(prefix)).isAnnounced(prefix);
    }

    private RouteTable table(Announcement announcement) {
        return tables.get(Family.of(announcement.prefix()));
    }

    /** What the announcement shares with others; null if it cannot be told to anyone. */
    private Kind kind(Announcement announcement) {
        if (lastKind != null && isLike(announcement, lastLike)) {
            return lastKind;
        }
        KindKey key = KindKey.of(announcement);
        Kind kind = kinds.get(key);
        if (kind == null) {
            Optional<Communities> communities = Communities.parse(announcement.communities());
            if (communities.isEmpty()) {
                refused.put(announcement, "communities " + announcement.communities() + " are not all communities");
                return null;
            }
            Path path =
                    new Path(announcement.nextHop(), communities.get(), announcement.med(), announcement.draining());
            kind = new Kind(path, audiences.of(announcement.neighbors()));
            if (kinds.size() >= MAX_KINDS) {
                kinds.clear();
            }
            kinds.put(key, kind);
        }
        lastLike = announcement;
        lastKind = kind;
        return kind;
    }

    /** Of a hundred thousand nearly all are like the one before. */
    private static boolean isLike(Announcement one, Announcement other) {
        return one.communities().equals(other.communities())
                && one.neighbors().equals(other.neighbors())
                && one.draining() == other.draining()
                && one.nextHop().equals(other.nextHop())
                && one.med().equals(other.med());
    }

    private void settle() {
        tables.forEach((family, table) -> {
            if (!table.touched().isEmpty()) {
                groups.get(family).forEach(group -> group.update(table.touched()));
                table.settle();
            }
        });
    }

    // ---- neighbours ----

    /** A member of the group of those terms, which is made if there is none. */
    Member join(String neighbor, Terms terms) {
        BitSet audience = audiences.of(neighbor);
        List<ExportGroup> ofFamily = groups.get(terms.family());
        for (ExportGroup group : ofFamily) {
            if (group.terms().equals(terms) && group.audiences().equals(audience)) {
                return group.join(neighbor);
            }
        }
        ExportGroup made = new ExportGroup(tables.get(terms.family()), terms, audience);
        ofFamily.add(made);
        return made.join(neighbor);
    }

    void leave(Member member) {
        ExportGroup group = member.group();
        group.leave(member);
        if (group.members().isEmpty()) {
            groups.get(group.terms().family()).remove(group);
        }
    }

    /** Those of a group whom an audience includes part from those whom it does not. */
    private void appeared(Audience audience) {
        for (List<ExportGroup> ofFamily : groups.values()) {
            for (ExportGroup group : List.copyOf(ofFamily)) {
                List<Member> in = group.members().stream()
                        .filter(member -> audience.includes(member.neighbor()))
                        .toList();
                if (in.size() == group.members().size()) {
                    group.audiences().set(audience.number());
                } else if (!in.isEmpty()) {
                    ExportGroup part = new ExportGroup(group);
                    part.audiences().set(audience.number());
                    in.forEach(part::take);
                    ofFamily.add(part);
                }
            }
        }
    }

    // ---- views ----

    /** Announcements of a family that are meant for a neighbour. */
    int meant(String neighbor, Family family) {
        int count = 0;
        for (Audience audience : audiences.all()) {
            count += audience.includes(neighbor) ? audience.announced(family) : 0;
        }
        return count;
    }

    /** Announcements for a neighbour that cannot be told to anyone, and why. */
    Map<Announcement, String> refused(String neighbor) {
        if (refused.isEmpty()) {
            return Map.of();
        }
        Map<Announcement, String> theirs = new LinkedHashMap<>(refused);
        theirs.keySet()
                .removeIf(one -> !one.neighbors().isEmpty() && !one.neighbors().contains(neighbor));
        return theirs;
    }

    /** All of a family that is meant for a neighbour, in no order. */
    void forEach(String neighbor, Family family, BiConsumer<IpPrefix, Path> each) {
        BitSet audience = audiences.of(neighbor);
        for (Route route : tables.get(family).routes()) {
            for (Candidate one = route.first(); one != null; one = one.next()) {
                if (one.isFor(audience)) {
                    each.accept(one.prefix(), one.path());
                }
            }
        }
    }
}
