package io.natator.lab.traffic;

/** Bytes that tell where they stand: a lost, doubled or misplaced one is seen. */
final class Content {
    private Content() {}

    static void fill(byte[] block, long position) {
        for (int i = 0; i < block.length; i++) {
            block[i] = at(position + i);
        }
    }

    static byte at(long position) {
        return (byte) (position ^ position >>> 8 ^ position >>> 16);
    }
}
