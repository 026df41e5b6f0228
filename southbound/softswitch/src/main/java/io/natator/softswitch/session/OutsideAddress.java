package io.natator.softswitch.session;

import java.util.Arrays;

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
    /** The pool's sums, which have what is given away of this one in them. */
    private Given given;
    /** DYNAMIC: the host that is given it again if it comes back; 0 if there is none. */
    int keptFor;
    /** DYNAMIC: set aside for one host. */
    boolean isReserved;

    /** DYNAMIC: packets of its binding when it was last looked at, and the tick of that. */
    private long packetsSeen;

    private int seenAt;

    /** Of each block of ports: ports in use, −1 if it is nobody's; and the next block of the same host, −1 at the end. */
    private int[] blockUse = {};

    private int[] blockNext = {};
    private int blocksTaken;

    OutsideAddress(int address, Given given) {
        this.address = address;
        this.given = given;
    }

    /** Counts what is given away of it in the sums of another pool from now on; those of the one before mean nothing any more. */
    void countIn(Given other) {
        given = other;
        given.addresses += isUsed() ? 1 : 0;
        given.ports += taken;
    }

    private void changed(boolean was) {
        given.addresses += (isUsed() ? 1 : 0) - (was ? 1 : 0);
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
    }

    private void change(int by) {
        boolean was = isUsed();
        taken += by;
        given.ports += by;
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

    /**
     * Takes a free block; −1 if there is none.
     *
     * @param count how many there are
     * @param start where to begin looking
     * @param next block of the same host
     */
    int takeBlock(int count, int start, int next) {
        if (blockUse.length < count) {
            blockUse = new int[count];
            blockNext = new int[count];
            Arrays.fill(blockUse, -1);
        }
        for (int i = 0; i < count && blocksTaken < count; i++) {
            int block = (start + i) % count;
            if (blockUse[block] < 0) {
                blockUse[block] = 0;
                blockNext[block] = next;
                blocksTaken++;
                return block;
            }
        }
        return -1;
    }

    int nextBlock(int block) {
        return blockNext[block];
    }

    void nextBlock(int block, int next) {
        blockNext[block] = next;
    }

    /** Ports in use of a block. */
    int use(int block) {
        return blockUse[block];
    }

    void use(int block, int by) {
        blockUse[block] += by;
    }

    void freeBlock(int block) {
        blockUse[block] = -1;
        blocksTaken--;
    }

    int blocksTaken() {
        return blocksTaken;
    }
}
