package io.natator.softswitch.session;

/** Numbers in the order they came. Grows as it must; its users bound it. */
final class IntQueue {
    private int[] ring = new int[64];
    private int head;
    private int size;
    /** How many were taken. */
    private long taken;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void add(int value) {
        if (size == ring.length) {
            int[] larger = new int[2 * size];
            for (int i = 0; i < size; i++) {
                larger[i] = ring[(head + i) & (size - 1)];
            }
            ring = larger;
            head = 0;
        }
        ring[(head + size++) & (ring.length - 1)] = value;
    }

    int peek() {
        return ring[head];
    }

    int take() {
        int value = ring[head];
        head = (head + 1) & (ring.length - 1);
        size--;
        taken++;
        return value;
    }

    /** Place of the first one: each has one for good, those behind it the next ones. */
    long first() {
        return taken;
    }

    int get(long place) {
        return ring[at(place)];
    }

    void set(long place, int value) {
        ring[at(place)] = value;
    }

    private int at(long place) {
        return (head + (int) (place - taken)) & (ring.length - 1);
    }
}
