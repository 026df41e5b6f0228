package io.natator.softswitch.io.afpacket;

import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.io.Batch;
import io.natator.softswitch.io.Counting;
import io.natator.softswitch.io.LinkState;
import io.natator.softswitch.io.Oversize;
import io.natator.softswitch.io.PortCounters;
import io.natator.softswitch.io.PortIo;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A port on an interface of this machine. */
final class AfPacketPort implements PortIo {
    private final Counting counting = new Counting();
    private final AtomicLong ringFull = new AtomicLong();
    /** What the datapath thread shall use from its next {@link #receive} on; null if nothing has changed. */
    private final AtomicReference<Optional<Attachment>> handedOver = new AtomicReference<>();

    private volatile LinkState link;
    private volatile boolean closed;

    /** The datapath thread's; null while there is no interface. */
    private Attachment current;

    AfPacketPort(String name) {
        link = LinkState.absent(name);
    }

    @Override
    public int receive(Batch batch) {
        batch.clear();
        if (handedOver.getAcquire() != null) {
            adopt();
        }
        return current == null ? 0 : current.ring().receive(batch, counting);
    }

    private void adopt() {
        Optional<Attachment> next = handedOver.getAndSet(null);
        if (next != null) {
            retire(current);
            current = next.orElse(null);
        }
    }

    private void retire(Attachment attachment) {
        if (attachment != null) {
            countDrops(attachment);
            attachment.close();
        }
    }

    @Override
    public void release() {
        if (current != null) {
            current.ring().release();
        }
    }

    @Override
    public boolean queue(Frame frame) {
        LinkState now = link;
        if (current == null || !now.up()) {
            counting.down(1);
            return false;
        }
        if (Oversize.is(frame, now.mtu())) {
            counting.tooLong();
            return false;
        }
        current.sender().add(frame, counting);
        return true;
    }

    @Override
    public void flush() {
        if (current != null) {
            current.sender().flush(counting);
        }
    }

    @Override
    public PortCounters counters() {
        return counting.snapshot(ringFull.get());
    }

    @Override
    public LinkState link() {
        return link;
    }

    @Override
    public void close() {
        closed = true;
        adopt();
        retire(current);
        current = null;
        link = LinkState.absent(link.name());
    }

    /** What the datapath thread can wait at; −1 if there is nothing. */
    int fd() {
        return current == null ? -1 : current.ring().fd();
    }

    /** From any thread: another incarnation of the interface, or none. */
    void handOver(Optional<Attachment> next) {
        Optional<Attachment> unseen = handedOver.getAndSet(next);
        if (unseen != null) {
            unseen.ifPresent(Attachment::close);
        }
        // Whoever comes second, this thread or the one that closes, finds what was handed over.
        if (closed) {
            Optional<Attachment> late = handedOver.getAndSet(null);
            if (late != null) {
                late.ifPresent(Attachment::close);
            }
        }
    }

    void link(LinkState changed) {
        if (!closed) {
            link = changed;
        }
    }

    /** Asks the kernel how many frames it lost. May be called by any thread. */
    void countDrops(Attachment attachment) {
        ringFull.addAndGet(attachment.ring().drops());
    }
}
