package io.natator.bgp.bfd;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collection;

/** What a thread waits for: packets for any receiver, or to be woken up (poll(2)). Confined to that thread. */
final class PollSet implements AutoCloseable {
    /** {@code struct pollfd}: descriptor, events asked for, events seen. */
    private static final int POLLFD = 8;

    private static final int EVENTS = 4;
    private static final short READABLE = 1;

    private final Arena arena = Arena.ofConfined();
    private final int wakeUp;
    private MemorySegment pollfds = MemorySegment.NULL;

    PollSet(int wakeUp) {
        this.wakeUp = wakeUp;
    }

    /**
     * Waits until there is something to read.
     *
     * @param receivers as before, or more than before
     * @param most nanoseconds
     */
    void await(Collection<Receiver> receivers, long most) {
        int count = receivers.size() + 1;
        if (pollfds.byteSize() != (long) count * POLLFD) {
            pollfds = arena.allocate((long) count * POLLFD, POLLFD);
            set(0, wakeUp);
            int at = 1;
            for (Receiver receiver : receivers) {
                set(at++, receiver.fd());
            }
        }
        Sockets.poll(pollfds, count, most);
    }

    private void set(int at, int descriptor) {
        pollfds.set(JAVA_INT, (long) at * POLLFD, descriptor);
        pollfds.set(JAVA_SHORT, (long) at * POLLFD + EVENTS, READABLE);
    }

    @Override
    public void close() {
        arena.close();
    }
}
