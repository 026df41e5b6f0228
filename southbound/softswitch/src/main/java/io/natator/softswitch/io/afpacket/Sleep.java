package io.natator.softswitch.io.afpacket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.natator.softswitch.io.Idle;
import io.natator.softswitch.io.linux.Event;
import io.natator.softswitch.io.linux.Hot;
import io.natator.softswitch.io.linux.Libc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits at ports: spins, then naps, then sleeps in {@code poll}, as {@link Mode} says. While it naps, frames are found
 * by looking; while it sleeps the kernel wakes it when it hands over a block.
 */
final class Sleep implements Idle {
    private static final int POLLFD = 8;
    private static final int REVENTS = 6;
    private static final int POLLIN = 1;
    private static final int POLLERR = 8;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    /** Ten times the share of an ordinary thread; what Open vSwitch starts its daemon with. */
    private static final int NICENESS = -10;

    private static final int LONGEST_MILLIS = (int) (LONGEST_NANOS / 1_000_000);

    private final List<AfPacketPort> ports;
    private final Mode mode;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment descriptors;
    private final MemorySegment error = arena.allocate(JAVA_INT);
    private final Event event = new Event();

    /** Since when there has been no work, by {@link System#nanoTime}; only looked at after spinning. */
    private long idleSince;

    private int idleTurns;
    private boolean prepared;
    private volatile boolean asleep;
    private volatile boolean woken;

    Sleep(List<AfPacketPort> ports, Mode mode) throws IOException {
        this.ports = List.copyOf(ports);
        this.mode = mode;
        this.descriptors = arena.allocate((long) POLLFD * (ports.size() + 1), 8);
    }

    @Override
    public void turn(boolean worked) {
        if (worked) {
            idleTurns = 0;
            return;
        }
        idleTurns++;
        if (idleTurns < mode.spins()) {
            Thread.onSpinWait();
            return;
        }
        long now = System.nanoTime();
        if (idleTurns == mode.spins()) {
            idleSince = now;
        }
        if (now - idleSince < mode.nappingNanos()) {
            prepare();
            LockSupport.parkNanos(this, mode.napNanos());
        } else {
            sleep();
        }
    }

    /** Timers of this thread alone become precise, and others that want its core wait for it. */
    private void prepare() {
        if (!prepared) {
            prepared = true;
            try {
                Libc.leastTimerSlack();
                Libc.niceness(NICENESS);
            } catch (IOException e) {
                // Naps last 50 microseconds longer, packets wait for other processes: no reason to stop.
            }
        }
    }

    private void sleep() {
        asleep = true;
        // Either the waker sees that we are asleep, or we see that it was here.
        if (!woken) {
            int count = fill();
            if (Hot.poll(descriptors.address(), count, LONGEST_MILLIS) > 0) {
                clear(count);
            }
        }
        asleep = false;
        woken = false;
    }

    private int fill() {
        set(0, event.fd());
        int count = 1;
        for (AfPacketPort port : ports) {
            set(count++, port.fd());
        }
        return count;
    }

    /** A negative descriptor is passed over by the kernel. */
    private void set(int i, int fd) {
        descriptors.set(JAVA_INT, (long) POLLFD * i, fd);
        descriptors.set(JAVA_INT, (long) POLLFD * i + 4, POLLIN);
    }

    /** Takes the event, and the errors of interfaces that went down, or they would end every further sleep. */
    private void clear(int count) {
        event.clear();
        for (int i = 1; i < count; i++) {
            if ((descriptors.get(JAVA_SHORT, (long) POLLFD * i + REVENTS) & POLLERR) != 0) {
                try {
                    Libc.getsockopt(descriptors.get(JAVA_INT, (long) POLLFD * i), SOL_SOCKET, SO_ERROR, error);
                } catch (IOException e) {
                    // The socket is there as long as this thread does not close it.
                }
            }
        }
    }

    @Override
    public void wake() {
        woken = true;
        if (asleep) {
            event.signal();
        }
    }

    /** The datapath thread has ended. */
    @Override
    public void close() {
        event.close();
        arena.close();
    }
}
