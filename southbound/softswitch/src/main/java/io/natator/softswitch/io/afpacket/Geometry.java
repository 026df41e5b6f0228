package io.natator.softswitch.io.afpacket;

/**
 * The size of a receive ring, one a port.
 *
 * @param blockSize octets, a power of two above 64 KiB, since a GSO frame must fit
 * @param blocks 2 to 4096
 * @param ahead true to hand over frames before their block is full or {@link #retireMillis} old
 */
record Geometry(int blockSize, int blocks, boolean ahead) {
    /** The kernel wants a frame size though frames are packed; each is one page's divisor. */
    static final int FRAME_SIZE = 2048;

    Geometry {
        if (Integer.bitCount(blockSize) != 1 || blockSize <= 1 << 16 || blocks < 2 || blocks > 4096) {
            throw new IllegalArgumentException("ring of " + blocks + " blocks of " + blockSize + " octets");
        }
    }

    /**
     * The kernel hands over a block that is not full after this time: a thread that sleeps is woken that late. Where frames
     * come so slowly that time ends their blocks, the ring holds what comes in so many milliseconds times its blocks, the longest
     * that the thread may be kept from its core. Who reads ahead waits for blocks only when asleep, and takes the longer time.
     */
    int retireMillis() {
        return ahead ? 2 : 1;
    }

    long octets() {
        return (long) blockSize * blocks;
    }
}
