package io.natator.softswitch.session;

/** Mappings whose ports rest, in the order in which they may be given away again. */
final class RestQueue {
    private final MappingTable mappings;
    private final IntQueue resting = new IntQueue();
    private final IntQueue until = new IntQueue();

    RestQueue(MappingTable mappings) {
        this.mappings = mappings;
    }

    /** @param tick when its port may be given away */
    void add(int m, int tick) {
        resting.add(m);
        until.add(tick);
        mappings.queued(m, 1);
    }

    int size() {
        return resting.size();
    }

    /** True if the first one's time has come. */
    boolean isDue(int tick) {
        return !resting.isEmpty() && until.peek() - tick <= 0;
    }

    /** When the first one's time comes. */
    int until() {
        return until.peek();
    }

    int take() {
        until.take();
        int m = resting.take();
        mappings.queued(m, -1);
        return m;
    }
}
