package io.natator.bgp.ribout;

import io.natator.bgp.codec.UpdateBuilder;
import io.natator.model.southbound.NeighborEvent.Unsent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
    private final Verdicts verdicts;
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
        verdicts = new Verdicts(paths, slots.bound());
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
        verdicts = new Verdicts(other.verdicts, paths);
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
        InOrder fresh = InOrder.longestFirst();
        InOrder gone = InOrder.shortestFirst();
        for (Route route : routes) {
            if (terms.addPath()) {
                for (Candidate one = route.first(); one != null; one = one.next()) {
                    update(one, one.isFor(audiences) ? one : null, fresh, gone);
                }
            } else {
                update(route, route.best(audiences), fresh, gone);
            }
        }
        admit(fresh, gone);
        fresh.forEach(this::append);
        gone.forEach(this::forget);
    }

    private void update(Slot slot, Candidate best, InOrder fresh, InOrder gone) {
        int before = verdicts.of(slot.number());
        int now = best == null ? Verdict.NOTHING : judge(slot, best.path(), before);
        if (now != before) {
            set(slot, before, now);
            if (Verdict.isTold(now)) {
                fresh.add(slot, now);
            } else if (Verdict.isTold(before)) {
                gone.add(slot, Verdict.NOTHING);
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
                && verdicts.told() >= terms.policy().maxRoutes()) {
            paths.dropUnused(number);
            return Verdict.CEILING;
        }
        return number;
    }

    private void set(Slot slot, int before, int now) {
        verdicts.set(slot.number(), now, slots.bound());
        if (now == Verdict.CEILING) {
            waiting.append(slot.number());
        } else if (before == Verdict.CEILING) {
            waiting.remove(slot.number());
        }
    }

    /** Fills what has become free under the ceiling. */
    private void admit(InOrder fresh, InOrder gone) {
        while (verdicts.told() < terms.policy().maxRoutes() && !waiting.isRead(nextWaiting)) {
            Slot slot = slots.get(waiting.slotAt(nextWaiting.index()));
            update(slot, slot instanceof Candidate one ? one : slot.route().best(audiences), fresh, gone);
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

    private void forget(int number) {
        announced.changing(number);
        announcements.remove(number);
        for (Member member : members) {
            if (member.isTold(number)) {
                if (withdrawals.isFull()) {
                    withdrawn.clear();
                }
                withdrawals.append(number);
                slots.get(number).hold();
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
        int path = verdicts.of(announcements.slotAt(from));
        UpdateBuilder update = UpdateBuilder.announce(terms.family(), paths.octets(path), terms.context());
        IntArrayList taken = new IntArrayList();
        int at = from;
        while (at < announcements.end()
                && verdicts.of(announcements.slotAt(at)) == path
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
        verdicts.heldBack(terms, kinds);
    }

    int filtered() {
        return verdicts.filtered();
    }

    /** Adds why what is announced is not told, as far as there is room. */
    void unsent(List<Unsent.Reason> into) {
        for (int number = 0; number < verdicts.bound() && into.size() < Unsent.MOST_UNSENT; number++) {
            int verdict = verdicts.of(number);
            if (verdict < Verdict.NOTHING) {
                Slot slot = slots.get(number);
                Path path = (slot instanceof Candidate one ? one : slot.route().best(audiences)).path();
                into.add(new Unsent.Reason(slot.prefix(), path.nextHop(), Verdict.kind(verdict, terms)));
            }
        }
    }
}
