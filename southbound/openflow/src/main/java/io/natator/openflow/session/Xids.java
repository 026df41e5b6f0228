package io.natator.openflow.session;

/** Transaction ids of one connection. */
final class Xids {
    private int next = 1;

    int take() {
        return take(1);
    }

    /** Reserves {@code n} consecutive ones and returns the first. */
    int take(int n) {
        int first = next;
        next += n;
        return first;
    }
}
