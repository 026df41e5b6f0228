package io.natator.bgp.ribout;

import io.natator.bgp.codec.UpdateBuilder;
import io.natator.model.southbound.NeighborEvent.Unsent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.collections.IntArrayList;

/**
 * Neighbours of equal terms and one family: what they should hold, and the changes in the order in which they are told.
 * Each has its place in that order; UPDATEs are made once for all that pass the same place.
 *
 * <p>Two logs, for what is new goes out before what is gone: an aggregate is there before its parts leave.
 */
final class ExportGroup {
    private final RouteTable table;
    private final Terms terms;
    /** Those announcements are for all of them. */
    private final BitSet audiences;

    private final PathTable paths;
    private final Slots<? extends Slot> slots;
    /** By slot: a {@link Verdict}. */
    private int[] verdicts;

    private final int[] counts;
    private int told;
    /** Slots that found the ceiling, the first of them first. */
    private final ChangeLog waiting;

    private final ChangeLog.Place nextWaiting;

    private final ChangeLog announcements;
    private final ChangeLog withdrawals;
    private final Chunks announced;
    private final Chunks withdrawn;
    private final List<Member> members = new ArrayList<>();

    /** Of all that is in the table. */
    ExportGroup(RouteTable table, Terms terms, BitSet audiences) {
        this.table = table;
        this.terms = terms;
        this.audiences = audiences;
        paths = new PathTable(terms);
        slots = table.slots(terms.addPath());
        verdicts = new int[slots.bound()];
        counts = new int[Verdict.COUNT];
        waiting = new ChangeLog();
        nextWaiting = waiting.first();
        announcements = new ChangeLog();
        withdrawals = new ChangeLog();
        announced = new Chunks(announcements, this::announce);
        withdrawn = new Chunks(withdrawals, this::withdraw);
        update(table.routes());
    }

    /** The same, for other neighbours from now on; they move here with {@link #take}. */
    ExportGroup(ExportGroup other) {
        table = other.table;
        terms = other.terms;
        audiences = (BitSet) other.audiences.clone();
        paths = new PathTable(other.paths);
        slots = other.slots;
        verdicts = other.verdicts.clone();
        counts = other.counts.clone();
        told = other.told;
        waiting = new ChangeLog(other.waiting);
        nextWaiting = waiting.first();
        announcements = new ChangeLog(other.announcements);
        withdrawals = new ChangeLog(other.withdrawals);
        announced = new Chunks(announcements, this::announce);
        withdrawn = new Chunks(withdrawals, this::withdraw);
        withdrawals.forEach(slot -> slots.get(slot).hold());
    }

    Terms terms() {
        return terms;
    }

    BitSet audiences() {
        return audiences;
    }

    List<Member> members() {
        return members;
    }

    /** Takes over what changed of these prefixes. */
    void update(Iterable<Route> routes) {
        Map<Integer, IntArrayList> byPath = new LinkedHashMap<>();
        for (Route route : routes) {
            if (terms.addPath()) {
                for (Candidate one = route.first(); one != null; one = one.next()) {
                    update(one, one.isFor(audiences) ? one : null, byPath);
                }
            } else {
                update(route, route.best(audiences), byPath);
            }
        }
        admit(byPath);
        // Routes that share their attributes follow one another, so that UPDATEs are full.
        byPath.values().forEach(same -> same.forEachInt(this::append));
    }

    private void update(Slot slot, Candidate best, Map<Integer, IntArrayList> byPath) {
        int before = slot.number() < verdicts.length ? verdicts[slot.number()] : Verdict.NOTHING;
        int now = best == null ? Verdict.NOTHING : judge(slot, best.path(), before);
        if (now != before) {
            set(slot, before, now);
            if (Verdict.isTold(now)) {
                byPath.computeIfAbsent(now, path -> new IntArrayList()).addInt(slot.number());
            }
        }
    }

    private int judge(Slot slot, Path path, int before) {
        if (!terms.policy().allows(slot.prefix())) {
            return Verdict.FILTERED;
        }
        int number = paths.number(path);
        if (Verdict.isTold(number)
                && !Verdict.isTold(before)
                && told >= terms.policy().maxRoutes()) {
            paths.dropUnused(number);
            return Verdict.CEILING;
        }
        return number;
    }

    private void set(Slot slot, int before, int now) {
        if (slot.number() >= verdicts.length) {
            verdicts = Arrays.copyOf(verdicts, Math.max(2 * verdicts.length, slots.bound()));
        }
        verdicts[slot.number()] = now;
        count(before, -1);
        count(now, 1);
        if (now == Verdict.CEILING) {
            waiting.append(slot.number());
        } else if (before == Verdict.CEILING) {
            waiting.remove(slot.number());
        }
        if (Verdict.isTold(before) && !Verdict.isTold(now)) {
            forget(slot);
        }
    }

    private void count(int verdict, int by) {
        if (!Verdict.isTold(verdict)) {
            counts[-verdict] += by;
            return;
        }
        told += by;
        if (by > 0) {
            paths.use(verdict);
        } else {
            paths.drop(verdict);
        }
    }

    /** Fills what has become free under the ceiling. */
    private void admit(Map<Integer, IntArrayList> byPath) {
        while (told < terms.policy().maxRoutes() && !waiting.isRead(nextWaiting)) {
            Slot slot = slots.get(waiting.slotAt(nextWaiting.index()));
            update(slot, slot instanceof Candidate one ? one : slot.route().best(audiences), byPath);
        }
    }

    private void append(int slot) {
        if (announcements.isFull()) {
            announced.clear();
        }
        announced.changing(slot);
        announcements.append(slot);
        if (withdrawals.contains(slot)) {
            withdrawn.changing(slot);
            withdrawals.remove(slot);
            slots.get(slot).release();
        }
    }

    private void forget(Slot slot) {
        int number = slot.number();
        announced.changing(number);
        announcements.remove(number);
        for (Member member : members) {
            if (member.isTold(number)) {
                if (withdrawals.isFull()) {
                    withdrawn.clear();
                }
                withdrawals.append(number);
                slot.hold();
                return;
            }
        }
    }

    // ---- members ----

    /** A neighbour that holds nothing. */
    Member join(String neighbor) {
        Member member = new Member(neighbor, this, announcements.first(), withdrawals.last());
        members.add(member);
        return member;
    }

    /** Moves a member here from the group that this one was copied from. */
    void take(Member member) {
        ChangeLog.Place announcement = announcements.at(member.announcements());
        ChangeLog.Place withdrawal = withdrawals.at(member.withdrawals());
        member.group().leave(member);
        member.move(this, announcement, withdrawal);
        members.add(member);
    }

    void leave(Member member) {
        members.remove(member);
        announcements.leave(member.announcements());
        withdrawals.leave(member.withdrawals());
        purge();
    }

    /** The next UPDATE of what is new for one who has come to that place; null if there is none. */
    Chunk announcement(ChangeLog.Place place) {
        return next(announcements, announced, place);
    }

    /** The same of what is gone. */
    Chunk withdrawal(ChangeLog.Place place) {
        return next(withdrawals, withdrawn, place);
    }

    private Chunk next(ChangeLog log, Chunks chunks, ChangeLog.Place place) {
        if (log.isRead(place)) {
            return null;
        }
        Chunk chunk = chunks.at(place.index(), members.size() > 1);
        log.move(place, chunk.after());
        if (log.isRead(place) && log.isReadByAll()) {
            chunks.clear();
        }
        return chunk;
    }

    void again(ChangeLog.Place place) {
        announcements.move(place, 0);
    }

    /** Lets go of what all have withdrawn. */
    void purge() {
        if (withdrawals.size() > 0 && withdrawals.isReadByAll()) {
            withdrawn.clear();
            List<Slot> released = new ArrayList<>(withdrawals.size());
            withdrawals.forEach(slot -> released.add(slots.get(slot)));
            withdrawals.clear();
            for (Slot slot : released) {
                slot.release();
                table.sweep(slot.route());
            }
        }
    }

    boolean isRead(Member member) {
        return announcements.isRead(member.announcements()) && withdrawals.isRead(member.withdrawals());
    }

    private Chunk announce(int from) {
        int path = verdicts[announcements.slotAt(from)];
        UpdateBuilder update = UpdateBuilder.announce(terms.family(), paths.octets(path), terms.context());
        IntArrayList taken = new IntArrayList();
        int at = from;
        while (at < announcements.end()
                && verdicts[announcements.slotAt(at)] == path
                && add(update, announcements.slotAt(at))) {
            taken.addInt(announcements.slotAt(at));
            at = announcements.next(at + 1);
        }
        return new Chunk(update.build(), at, taken.toIntArray());
    }

    private Chunk withdraw(int from) {
        UpdateBuilder update = UpdateBuilder.withdraw(terms.family(), terms.context());
        IntArrayList taken = new IntArrayList();
        int at = from;
        while (at < withdrawals.end() && add(update, withdrawals.slotAt(at))) {
            taken.addInt(withdrawals.slotAt(at));
            at = withdrawals.next(at + 1);
        }
        return new Chunk(update.build(), at, taken.toIntArray());
    }

    private boolean add(UpdateBuilder update, int slot) {
        return terms.addPath()
                ? update.add(slots.get(slot).prefix(), slot + 1)
                : update.add(slots.get(slot).prefix());
    }

    /** UPDATEs that make one who holds nothing hold all that this member was told. */
    void replay(Member member, Consumer<byte[]> each) {
        int at = announcements.next(0);
        while (at < announcements.end()) {
            Chunk chunk = announce(at);
            if (Arrays.stream(chunk.slots()).anyMatch(member::isTold)) {
                each.accept(chunk.update());
            }
            at = announcements.next(chunk.after());
        }
    }

    // ---- views ----

    /** Adds how many are held back, by reason. */
    void heldBack(Map<String, Integer> kinds) {
        for (int verdict : Verdict.HELD_BACK) {
            if (counts[-verdict] > 0) {
                kinds.merge(Verdict.kind(verdict, terms), counts[-verdict], Integer::sum);
            }
        }
    }

    int filtered() {
        return counts[-Verdict.FILTERED];
    }

    /** Adds why what is announced is not told, as far as there is room. */
    void unsent(List<Unsent.Reason> into) {
        for (int number = 0; number < verdicts.length && into.size() < Unsent.MOST_UNSENT; number++) {
            int verdict = verdicts[number];
            if (verdict < Verdict.NOTHING) {
                Slot slot = slots.get(number);
                Path path = (slot instanceof Candidate one ? one : slot.route().best(audiences)).path();
                into.add(new Unsent.Reason(slot.prefix(), path.nextHop(), Verdict.kind(verdict, terms)));
            }
        }
    }
}
