package io.natator.softswitch.io.afpacket;

import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.io.Counting;
import java.io.IOException;

/** Sends frames in their order: most are copied into a {@link SendRing}, long ones go from where they lie ({@link Messages}). */
final class Sender implements AutoCloseable {
    private final SendRing ring;
    /** Empty whenever something is in the ring. */
    private final Messages messages;

    Sender(int ifindex) throws IOException {
        ring = new SendRing(ifindex);
        try {
            messages = new Messages(ifindex);
        } catch (IOException e) {
            ring.close();
            throw e;
        }
    }

    /** Queues a frame. */
    void add(Frame frame, Counting counting) {
        if (SendRing.takes(frame)) {
            if (!messages.isEmpty() || ring.isFull()) {
                flush(counting);
            }
            if (ring.add(frame)) {
                return;
            }
        }
        if (!ring.isEmpty() || messages.isFull()) {
            flush(counting);
        }
        messages.add(frame);
    }

    /** Sends what is queued. What the kernel does not take from the ring is tried once more, one by one. */
    void flush(Counting counting) {
        ring.flush(counting, messages);
        messages.flush(counting);
    }

    @Override
    public void close() {
        ring.close();
        messages.close();
    }
}
