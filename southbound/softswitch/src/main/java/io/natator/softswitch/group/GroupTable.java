package io.natator.softswitch.group;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.ErrorType;
import io.natator.softswitch.flow.Modification.Bucket;
import io.natator.softswitch.flow.Modification.GroupMod;
import io.natator.softswitch.flow.Modification.GroupType;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Refused;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.table.ActionCheck;
import io.natator.softswitch.table.ById;
import io.natator.softswitch.table.FlowTables;
import io.natator.softswitch.table.Hash;
import io.natator.softswitch.table.Journal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/** The groups of a switch (OpenFlow 1.3.5, sections 5.6 and 6.5). */
public final class GroupTable {
    /** Most buckets of a group. */
    public static final int MAX_BUCKETS = 256;
    /** Most groups that a packet goes through one after the other. */
    public static final int MAX_DEPTH = 8;

    private static final int MAX_ID = 0xFFFF_FF00;

    /** Those that packets meet. */
    private ById<Group> met = new ById<>();
    /** Those that changes see: the same, or while a transaction is prepared a copy. */
    private ById<Group> groups = met;

    private final Profile profile;
    private final ActionCheck actions;
    private final Liveness liveness;

    /** @param portIsLive says whether a port can forward */
    public GroupTable(Profile profile, IntPredicate portIsLive) {
        this.profile = profile;
        actions = new ActionCheck(profile, this::exists, _ -> false);
        liveness = new Liveness() {
            @Override
            public boolean port(int port) {
                return portIsLive.test(port);
            }

            @Override
            public boolean group(int id, int depth) {
                Group group = met.get(id);
                return group != null && depth > 0 && firstLive(group, depth - 1) >= 0;
            }
        };
    }

    /** The group of this number that packets meet, or null. */
    public Group get(int id) {
        return met.get(id);
    }

    /** True if there is a group of this number for the next change. */
    public boolean exists(int id) {
        return groups.get(id) != null;
    }

    /** The first bucket of a fast-failover group that is live; −1 if none is. */
    public int firstLive(Group group) {
        return firstLive(group, MAX_DEPTH);
    }

    private int firstLive(Group group, int depth) {
        for (int i = 0; i < group.buckets(); i++) {
            if (group.live(i, liveness, depth)) {
                return i;
            }
        }
        return -1;
    }

    /** The bucket of a select group for this packet, by weight among those that are live; −1 if there is none. */
    public int select(Group group, long[] key) {
        long total = 0;
        for (int i = 0; i < group.buckets(); i++) {
            total += group.live(i, liveness, MAX_DEPTH) ? group.weight(i) : 0;
        }
        if (total == 0) {
            return -1;
        }
        long point = Long.remainderUnsigned(flowHash(key), total);
        int i = 0;
        while (true) {
            long weight = group.live(i, liveness, MAX_DEPTH) ? group.weight(i) : 0;
            if (point < weight) {
                return i;
            }
            point -= weight;
            i++;
        }
    }

    /** The same for all packets of a flow: addresses of layers 2 and 3, protocol, ports. */
    private static long flowHash(long[] key) {
        long hash = Hash.mix(0, key[1] & ~0xFFL);
        hash = Hash.mix(hash, key[2] & ~0xFFFFL);
        hash = Hash.mix(hash, key[3]);
        hash = Hash.mix(hash, key[4] & ~0xFFFF_FFFFL);
        for (int i = 5; i < 9; i++) {
            hash = Hash.mix(hash, key[i]);
        }
        return Hash.finish(hash);
    }

    /** Makes one change, wholly or not at all; rules that send to a group which is deleted go with it. */
    public void change(GroupMod mod, FlowTables rules, long now, Journal journal) throws Refused {
        if (journal.isTransaction() && groups == met) {
            groups = met.copy();
            journal.undo(() -> groups = met);
            journal.atCommit(() -> met = groups);
        }
        switch (mod.command()) {
            case ADD -> add(mod, now, journal);
            case MODIFY -> modify(mod, journal);
            case DELETE -> delete(mod.group(), rules, now, journal);
        }
    }

    private void add(GroupMod mod, long now, Journal journal) throws Refused {
        if (exists(mod.group())) {
            throw refused(ErrorType.GROUP_MOD_FAILED_GROUP_EXISTS, mod, "is there already");
        }
        if (Integer.compareUnsigned(mod.group(), MAX_ID) > 0) {
            throw refused(ErrorType.GROUP_MOD_FAILED_INVALID_GROUP, mod, "has a reserved number");
        }
        if (groups.size() >= profile.groups()) {
            throw refused(
                    ErrorType.GROUP_MOD_FAILED_OUT_OF_GROUPS,
                    mod,
                    "is one more than the " + profile.groups() + " there can be");
        }
        check(mod);
        groups.put(mod.group(), new Group(mod, now));
        journal.undo(() -> groups.remove(mod.group()));
    }

    private void modify(GroupMod mod, Journal journal) throws Refused {
        Group old = groups.get(mod.group());
        if (old == null) {
            throw refused(ErrorType.GROUP_MOD_FAILED_UNKNOWN_GROUP, mod, "is not there");
        }
        check(mod);
        groups.put(mod.group(), new Group(mod, old.installed()));
        journal.undo(() -> groups.put(mod.group(), old));
    }

    private void delete(int id, FlowTables rules, long now, Journal journal) throws Refused {
        if (id == Ports.GROUP_ALL) {
            for (Group group : groups.all()) {
                remove(group, rules, now, journal);
            }
            return;
        }
        Group group = groups.get(id);
        if (group == null) {
            return;
        }
        for (Group other : groups.all()) {
            if (other != group && next(other.mod()).contains(id)) {
                throw refused(
                        ErrorType.GROUP_MOD_FAILED_CHAINED_GROUP,
                        group.mod(),
                        "is used by group "
                                + Integer.toUnsignedString(other.mod().group()));
            }
        }
        remove(group, rules, now, journal);
    }

    private void remove(Group group, FlowTables rules, long now, Journal journal) {
        int id = group.mod().group();
        groups.remove(id);
        journal.undo(() -> groups.put(id, group));
        rules.deleteGroup(id, now, journal);
    }

    private void check(GroupMod mod) throws Refused {
        int buckets = mod.buckets().size();
        if (buckets > MAX_BUCKETS) {
            throw refused(ErrorType.GROUP_MOD_FAILED_OUT_OF_BUCKETS, mod, "has more than " + MAX_BUCKETS + " buckets");
        }
        if (mod.type() == GroupType.INDIRECT && buckets != 1) {
            throw refused(ErrorType.GROUP_MOD_FAILED_INVALID_GROUP, mod, "is indirect and has not one bucket");
        }
        for (Bucket bucket : mod.buckets()) {
            boolean watches = bucket.watchPort() != Ports.ANY || bucket.watchGroup() != Ports.GROUP_ANY;
            if (mod.type() == GroupType.FAST_FAILOVER && !watches) {
                throw refused(ErrorType.GROUP_MOD_FAILED_BAD_WATCH, mod, "has a bucket that watches nothing");
            }
            actions.loose(bucket.actions(), false);
        }
        if (reaches(mod, mod.group(), new HashSet<>())) {
            throw refused(ErrorType.GROUP_MOD_FAILED_LOOP, mod, "would send to itself");
        }
        if (depth(mod) > MAX_DEPTH) {
            throw refused(
                    ErrorType.GROUP_MOD_FAILED_CHAINING_UNSUPPORTED, mod, "would be more than " + MAX_DEPTH + " deep");
        }
    }

    private boolean reaches(GroupMod from, int id, Set<Integer> seen) {
        for (int next : next(from)) {
            if (next == id
                    || (seen.add(next)
                            && exists(next)
                            && reaches(groups.get(next).mod(), id, seen))) {
                return true;
            }
        }
        return false;
    }

    private int depth(GroupMod mod) {
        int deepest = 0;
        for (int next : next(mod)) {
            if (exists(next) && deepest <= MAX_DEPTH) {
                deepest = Math.max(deepest, depth(groups.get(next).mod()));
            }
        }
        return deepest + 1;
    }

    /** Groups that a group sends to or watches. */
    private static Set<Integer> next(GroupMod mod) {
        Set<Integer> next = new HashSet<>();
        for (Bucket bucket : mod.buckets()) {
            if (bucket.watchGroup() != Ports.GROUP_ANY) {
                next.add(bucket.watchGroup());
            }
            for (Action action : bucket.actions()) {
                if (action instanceof Action.Group(int group)) {
                    next.add(group);
                }
            }
        }
        return next;
    }

    private static Refused refused(ErrorType error, GroupMod mod, String why) {
        return new Refused(error, "group " + Integer.toUnsignedString(mod.group()) + " " + why);
    }

    /** One group, or all, with how often they are used. */
    public List<Reply.Group> describe(Optional<Integer> id, FlowTables rules, long now) {
        List<Reply.Group> described = new ArrayList<>();
        for (Group group : groups.all()) {
            int number = group.mod().group();
            if (id.isEmpty() || id.get() == number) {
                int chained = (int) groups.all().stream()
                        .filter(other -> next(other.mod()).contains(number))
                        .count();
                described.add(group.describe(rules.references().group(number) + chained, now));
            }
        }
        return described;
    }
}
