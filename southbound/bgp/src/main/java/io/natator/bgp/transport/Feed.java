package io.natator.bgp.transport;

import io.natator.bgp.Counter;
import io.natator.bgp.Counters;
import io.natator.bgp.codec.Header;
import io.natator.bgp.fsm.Negotiated;
import io.natator.bgp.ribout.RibOut;
import io.natator.model.peering.Peering;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Routes on their way to one neighbour: as many as the kernel takes, and more when that takes more. */
final class Feed {
    /** Whom it serves. */
    interface Owner {
        /** Each UPDATE that goes out. */
        void sent(byte[] message);

        /** Numbers have changed. */
        void moved();

        /** Nothing has left for the send hold time. */
        void stuck(Connection connection, String reason);
    }

    private final RibOut ribOut;
    private final EventLoop loop;
    private final Counters counters;
    private final LongSupplier latest;
    private final long sendHold;
    private final Owner owner;

    private Optional<Connection> up = Optional.empty();
    private long patience;
    private long handed;
    /** Messages that the kernel does not have yet. */
    private int waiting;

    private long lastProgress;
    private boolean watching;
    private boolean pumping;
    /** All of this generation was written, and of that one handed over. */
    private long written;

    private long complete;

    /**
     * @param latest number of the last set or change of announcements
     * @param sendHold least send hold time, in nanoseconds
     */
    Feed(RibOut ribOut, EventLoop loop, Counters counters, LongSupplier latest, long sendHold, Owner owner) {
        this.ribOut = ribOut;
        this.loop = loop;
        this.counters = counters;
        this.latest = latest;
        this.sendHold = sendHold;
        this.owner = owner;
    }

    RibOut ribOut() {
        return ribOut;
    }

    void up(Connection connection, Peering peering, Negotiated negotiated) {
        down();
        up = Optional.of(connection);
        patience = Math.max(
                sendHold, Duration.ofSeconds(2L * negotiated.holdTime()).toNanos());
        ribOut.up(peering, negotiated);
    }

    void down() {
        up = Optional.empty();
        handed = 0;
        waiting = 0;
        written = 0;
        complete = 0;
        ribOut.down();
    }

    boolean isUp(Connection connection) {
        return up.filter(current -> current == connection).isPresent();
    }

    /** Prefixes that the kernel has been handed. */
    long handed() {
        return handed;
    }

    /** The last generation all of which the kernel has been handed in this session; 0 if there is none. */
    long complete() {
        return complete;
    }

    /** True once all was written that there is. */
    boolean isSettled() {
        return ribOut.settled();
    }

    /** Writes as long as the kernel takes it. */
    void pump() {
        if (pumping || up.isEmpty()) {
            return; // Flushing below may call back when the channel becomes writable again.
        }
        pumping = true;
        Connection connection = up.get();
        while (connection.writable() && isUp(connection)) {
            Optional<byte[]> message = ribOut.next();
            if (message.isEmpty()) {
                break;
            }
            write(connection, message.get());
        }
        pumping = false;
        if (isUp(connection)) {
            connection.flush();
            if (ribOut.settled()) {
                written = latest.getAsLong();
                handOver();
            }
        }
    }

    private void write(Connection connection, byte[] message) {
        long toldThen = ribOut.told();
        if (Header.isUpdate(message)) {
            counters.add(Counter.UPDATES_SENT);
            owner.sent(message);
        }
        if (waiting++ == 0) {
            lastProgress = System.nanoTime();
            watch(patience);
        }
        connection.write(message, () -> left(connection, toldThen));
        if (!connection.writable()) {
            connection.flush();
        }
    }

    private void left(Connection connection, long count) {
        if (isUp(connection)) {
            waiting--;
            lastProgress = System.nanoTime();
            handed = count;
            owner.moved();
            handOver();
        }
    }

    private void handOver() {
        if (waiting == 0 && written > complete) {
            complete = written;
            owner.moved();
        }
    }

    private void watch(long after) {
        if (!watching) {
            watching = true;
            loop.schedule(this::look, after, TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        watching = false;
        if (waiting == 0 || up.isEmpty()) {
            return;
        }
        long left = patience - (System.nanoTime() - lastProgress);
        if (left > 0) {
            watch(left);
        } else {
            long seconds = Duration.ofNanos(patience).toSeconds();
            owner.stuck(up.get(), "the neighbour has read nothing for " + seconds + " s (send hold timer)");
        }
    }
}
