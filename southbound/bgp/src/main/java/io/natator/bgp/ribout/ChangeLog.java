package io.natator.bgp.ribout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Slots in the order in which they last changed, each once. Readers keep their place in it, so that what is known of one
 * that is behind is a single number, however far behind it is.
 */
final class ChangeLog {
    private static final int FIRST_ROOM = 16;
    private static final int NOWHERE = -1;
    /** So many dead entries are worth no work. */
    private static final int SPARE = 1024;

    /** How far a reader has come. */
    static final class Place {
        private int index;

        int index() {
            return index;
        }
    }

    private int[] entries = new int[FIRST_ROOM];
    private int end;
    /** By slot: where its entry is; that one counts, and others of that slot do not. */
    private int[] indexes = {};

    private int size;
    private final List<Place> places = new ArrayList<>();

    ChangeLog() {}

    /** The same entries, and no reader. */
    ChangeLog(ChangeLog other) {
        entries = other.entries.clone();
        end = other.end;
        indexes = other.indexes.clone();
        size = other.size;
    }

    /** A reader that has seen nothing. */
    Place first() {
        Place place = new Place();
        places.add(place);
        return place;
    }

    /** A reader that has seen all. */
    Place last() {
        Place place = first();
        place.index = end;
        return place;
    }

    /** A reader in the same place as one of the log that this one was copied from. */
    Place at(Place other) {
        Place place = first();
        place.index = other.index;
        return place;
    }

    void leave(Place place) {
        places.remove(place);
    }

    /** It changed now. */
    void append(int slot) {
        remove(slot);
        if (end == entries.length) {
            makeRoom();
        }
        if (slot >= indexes.length) {
            int before = indexes.length;
            indexes = Arrays.copyOf(indexes, Math.max(2 * before, slot + FIRST_ROOM));
            Arrays.fill(indexes, before, indexes.length, NOWHERE);
        }
        entries[end] = slot;
        indexes[slot] = end++;
        size++;
    }

    /** Takes it out; nothing if it is not in. */
    void remove(int slot) {
        if (contains(slot)) {
            indexes[slot] = NOWHERE;
            size--;
        }
    }

    boolean contains(int slot) {
        return slot < indexes.length && indexes[slot] != NOWHERE;
    }

    /** Where it is; it must be in. */
    int indexOf(int slot) {
        return indexes[slot];
    }

    /** The first index from {@code index} on where there is an entry; {@link #end} if there is none. */
    int next(int index) {
        int at = index;
        while (at < end && indexes[entries[at]] != at) {
            at++;
        }
        return at;
    }

    int slotAt(int index) {
        return entries[index];
    }

    int end() {
        return end;
    }

    int size() {
        return size;
    }

    boolean isRead(Place place) {
        place.index = next(place.index);
        return place.index == end;
    }

    boolean isReadByAll() {
        for (Place place : places) {
            if (!isRead(place)) {
                return false;
            }
        }
        return true;
    }

    void move(Place place, int index) {
        place.index = index;
    }

    void forEach(IntConsumer each) {
        for (int at = next(0); at < end; at = next(at + 1)) {
            each.accept(entries[at]);
        }
    }

    /** Nobody will read what is in it. */
    void clear() {
        forEach(slot -> indexes[slot] = NOWHERE);
        end = 0;
        size = 0;
        places.forEach(place -> place.index = 0);
    }

    /** True if indexes are about to change: {@link #append} will make room. */
    boolean isFull() {
        return end == entries.length;
    }

    private void makeRoom() {
        if (end > size + size / 2 + SPARE) {
            compact();
        } else {
            entries = Arrays.copyOf(entries, 2 * entries.length);
        }
    }

    private void compact() {
        List<Place> ordered = new ArrayList<>(places);
        ordered.sort(Comparator.comparingInt(Place::index));
        int to = 0;
        int reader = 0;
        for (int from = 0; from < end; from++) {
            while (reader < ordered.size() && ordered.get(reader).index <= from) {
                ordered.get(reader++).index = to;
            }
            int slot = entries[from];
            if (indexes[slot] == from) {
                indexes[slot] = to;
                entries[to++] = slot;
            }
        }
        while (reader < ordered.size()) {
            ordered.get(reader++).index = to;
        }
        end = to;
    }
}
