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

    /** Place of the first one; one that is queued keeps its place until it is taken. */
    long first() {
        return resting.first();
    }

    /** Behind the last one's place. */
    long end() {
        return resting.first() + resting.size();
    }

    /** The mapping at a place; 0 if it is left out. */
    int at(long place) {
        return resting.get(place);
    }

    /** The mapping at a place need not rest any more. */
    void leaveOut(long place) {
        mappings.queued(at(place), -1);
        resting.set(place, 0);
    }

    /** True if the first one's time has come. */
    boolean isDue(int tick) {
        return !resting.isEmpty() && until.peek() - tick <= 0;
    }

    /** When the first one's time comes. */
    int until() {
        return until.peek();
    }

    /** The first one; 0 if it was left out. */
    int take() {
        until.take();
        int m = resting.take();
        if (m != 0) {
            mappings.queued(m, -1);
        }
        return m;
    }
}
