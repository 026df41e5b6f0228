package io.natator.softswitch.session;

import io.natator.softswitch.io.linux.Libc;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Zeroed memory outside the heap. Pages are taken from the system when they are first written, large ones if there are. */
final class Region implements AutoCloseable {
    private static final int PRIVATE_ANONYMOUS_NORESERVE = 0x4022;

    final long address;
    final long octets;

    /** @param octets to set aside; 4 KiB at least */
    Region(long octets) {
        this.octets = Math.max(octets, 4096);
        try {
            address = Libc.mmap(this.octets, PRIVATE_ANONYMOUS_NORESERVE, -1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Libc.adviseLargePages(address, this.octets);
    }

    @Override
    public void close() {
        Libc.munmap(address, octets);
    }
}
