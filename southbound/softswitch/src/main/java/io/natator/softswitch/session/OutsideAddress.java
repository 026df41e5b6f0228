package io.natator.softswitch.session;

/** What is given away of one outside address of a pool. */
final class OutsideAddress {
    /** Protocols that have ports of their own: TCP, UDP, ICMP queries. */
    static final int SPACES = 3;

    final int address;
    private final Ports[] ports = new Ports[SPACES];
    /** Ports taken of all protocols. */
    private int taken;
    /** Hosts that have this address alone. */
    private int users;

    private int binding;
    /** Its pool, whose sums have what is given away of it in them; null if it is no longer of one. */
    private OutsidePool pool;
    /** Its number in the pool. */
    private int place;

    private int keptFor;
    private boolean isReserved;

    /** DYNAMIC: packets of its binding when it was last looked at, and the tick of that. */
    private long packetsSeen;

    private int seenAt;

    private Blocks blocks = Blocks.NONE;

    OutsideAddress(int address) {
        this.address = address;
    }

    /**
     * It is of another pool from now on, which sums up what is given away of it; the sums of the one before mean nothing any more.
     *
     * @param now null: of none
     * @param number in the pool
     */
    void move(OutsidePool now, int number) {
        pool = now;
        place = number;
        if (pool != null) {
            pool.given.addresses += isUsed() ? 1 : 0;
            pool.given.ports += taken;
            settle();
        }
    }

    private void changed(boolean was) {
        if (pool != null) {
            pool.given.addresses += (isUsed() ? 1 : 0) - (was ? 1 : 0);
        }
    }

    /** DYNAMIC: who may be given it changed. */
    private void settle() {
        if (pool != null) {
            boolean free = binding == 0 && !isReserved;
            pool.nobodys.set(place, free && keptFor == 0);
            pool.kept.set(place, free && keptFor != 0);
        }
    }

    /** It has no port for another host; until something of it comes back it need not be looked at. */
    void shut(int space) {
        if (pool != null) {
            pool.withRoom(space).set(place, false);
        }
    }

    /** Something of it came back. */
    private void reopen() {
        if (pool != null) {
            pool.reopen(place);
        }
    }

    /** To be looked at; {@link #take} and {@link #free} change them. */
    Ports ports(int space) {
        if (ports[space] == null) {
            ports[space] = new Ports();
        }
        return ports[space];
    }

    void take(int space, int port) {
        change(ports(space).take(port) ? 1 : 0);
    }

    void free(int space, int port) {
        change(ports(space).free(port) ? -1 : 0);
        reopen();
    }

    private void change(int by) {
        boolean was = isUsed();
        taken += by;
        if (pool != null) {
            pool.given.ports += by;
        }
        changed(was);
    }

    /** A host has its ports of this address alone. */
    void join() {
        boolean was = isUsed();
        users++;
        changed(was);
    }

    /** A host no longer has. */
    void leave() {
        boolean was = isUsed();
        users = Math.max(0, users - 1);
        changed(was);
    }

    int users() {
        return users;
    }

    /** DYNAMIC: the binding that has it; 0 if none has. */
    int binding() {
        return binding;
    }

    void binding(int s) {
        boolean was = isUsed();
        binding = s;
        changed(was);
        settle();
    }

    /** DYNAMIC: the host that is given it again if it comes back; 0 if there is none. */
    int keptFor() {
        return keptFor;
    }

    void keptFor(int host) {
        keptFor = host;
        settle();
    }

    /** DYNAMIC: set aside for one host. */
    boolean isReserved() {
        return isReserved;
    }

    void reserved(boolean is) {
        isReserved = is;
        settle();
    }

    /** Ports of a range that are not taken of one protocol. */
    int free(int space, int first, int last) {
        return last - first + 1 - (ports[space] == null ? 0 : ports[space].count(first, last));
    }

    /** Ports taken of all protocols. */
    int taken() {
        return taken;
    }

    /**
     * Packets a minute since it was last asked for, or since the binding began.
     *
     * @param packets of the binding
     * @param since tick of its beginning
     */
    long rate(long packets, int since, int tick) {
        if (seenAt - since < 0 || packets < packetsSeen) {
            packetsSeen = 0;
            seenAt = since;
        }
        long rate = Bindings.rate(packets - packetsSeen, tick - seenAt);
        packetsSeen = packets;
        seenAt = tick;
        return rate;
    }

    boolean isUsed() {
        return users > 0 || binding != 0 || taken > 0;
    }

    /** Its blocks of ports, of which there are so many. */
    Blocks blocks(int count) {
        if (blocks.count() < count) {
            blocks = new Blocks(count);
        }
        return blocks;
    }

    /** A block of it is nobody's any more. */
    void freeBlock(int block) {
        blocks.free(block);
        reopen();
    }

    int blocksTaken() {
        return blocks.taken();
    }
}
