package io.natator.bgp.ribout;

import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.UpdateBuilder;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/** One family of one neighbour's session: how far it has come in what its group is told. */
final class Member {
    private final String neighbor;
    private ExportGroup group;
    private ChangeLog.Place announcements;
    private ChangeLog.Place withdrawals;
    /** By slot: it was told, and not told that it is gone. */
    private final BitSet told = new BitSet();

    private int count;
    /** What goes out before any more routes. */
    private final Deque<byte[]> before = new ArrayDeque<>();
    /** What goes out once all routes have. */
    private final Deque<byte[]> after = new ArrayDeque<>();

    Member(String neighbor, ExportGroup group, ChangeLog.Place announcements, ChangeLog.Place withdrawals) {
        this.neighbor = neighbor;
        move(group, announcements, withdrawals);
    }

    void move(ExportGroup to, ChangeLog.Place announced, ChangeLog.Place withdrawn) {
        group = to;
        announcements = announced;
        withdrawals = withdrawn;
    }

    String neighbor() {
        return neighbor;
    }

    ExportGroup group() {
        return group;
    }

    ChangeLog.Place announcements() {
        return announcements;
    }

    ChangeLog.Place withdrawals() {
        return withdrawals;
    }

    boolean isTold(int slot) {
        return told.get(slot);
    }

    int told() {
        return count;
    }

    Family family() {
        return group.terms().family();
    }

    /** Once all has been told, says so (RFC 4724). */
    void endOfRib() {
        after.add(UpdateBuilder.endOfRib(family()));
    }

    /** Tells all again; between marks, if the neighbour knows them (RFC 7313). */
    void refresh(boolean enhanced) {
        group.again(announcements);
        if (enhanced) {
            after.removeIf(Refresh::isEnd); // One refresh at a time: the earlier one ends with this.
            before.add(Refresh.begin(family()));
            after.add(Refresh.end(family()));
        }
    }

    /** Whole messages, one a call, that tell what is new. */
    Optional<byte[]> announcement() {
        if (!before.isEmpty()) {
            return Optional.of(before.remove());
        }
        Chunk chunk = group.announcement(announcements);
        if (chunk == null) {
            return Optional.empty();
        }
        for (int slot : chunk.slots()) {
            count += told.get(slot) ? 0 : 1;
            told.set(slot);
        }
        return Optional.of(chunk.update());
    }

    /** The same for what is gone; what the neighbour was never told is not withdrawn. */
    Optional<byte[]> withdrawal() {
        for (Chunk chunk = group.withdrawal(withdrawals); chunk != null; chunk = group.withdrawal(withdrawals)) {
            int before = count;
            for (int slot : chunk.slots()) {
                count -= told.get(slot) ? 1 : 0;
                told.clear(slot);
            }
            group.purge();
            if (count < before) {
                return Optional.of(chunk.update());
            }
        }
        return Optional.empty();
    }

    /** What closes a series of routes, once all are out. */
    Optional<byte[]> mark() {
        return Optional.ofNullable(after.poll());
    }

    boolean isSettled() {
        return before.isEmpty() && after.isEmpty() && group.isRead(this);
    }

    void replay(Consumer<byte[]> each) {
        group.replay(this, each);
    }
}
