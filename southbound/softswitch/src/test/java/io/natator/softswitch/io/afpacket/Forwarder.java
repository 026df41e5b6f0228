package io.natator.softswitch.io.afpacket;

import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.io.Batch;
import io.natator.softswitch.io.PortIo;
import java.util.List;

/** The least datapath: what comes in at one of two ports leaves by the other, changed or not. */
final class Forwarder {
    /** What is done to frames; on the datapath's thread. */
    interface Change {
        /** Changes a frame, and queues what comes of it. */
        void frame(Frame frame, PortIo from, PortIo to, boolean fromFirst);
    }

    private final Interfaces interfaces;
    private final Change change;
    private final Thread thread;
    private volatile boolean ended;

    private Forwarder(Interfaces interfaces, Change change) {
        this.interfaces = interfaces;
        this.change = change;
        this.thread = Thread.ofPlatform().daemon().name("datapath").start(this::run);
    }

    /** Opens interfaces of the calling thread's namespace. */
    static Forwarder between(String one, String other, Mode mode) throws Exception {
        return between(one, other, mode, (frame, _, to, _) -> {
            boolean _ = to.queue(frame);
        });
    }

    /** As {@link #between(String, String, Mode)}, with frames that are changed. */
    static Forwarder between(String one, String other, Mode mode, Change change) throws Exception {
        return new Forwarder(Interfaces.open(List.of(one, other), mode), change);
    }

    /** For tests that need a process: forwards between two interfaces until it is killed. */
    public static void main(String[] names) throws Exception {
        Forwarder forwarder = between(names[0], names[1], Mode.BALANCED);
        System.out.println("open");
        forwarder.thread.join();
    }

    PortIo port(int i) {
        return interfaces.ports().get(i);
    }

    private void run() {
        Batch batch = new Batch();
        while (!ended) {
            int moved = move(port(0), port(1), batch, true) + move(port(1), port(0), batch, false);
            interfaces.idle().turn(moved > 0);
        }
        port(0).close();
        port(1).close();
    }

    private int move(PortIo from, PortIo to, Batch batch, boolean fromFirst) {
        int count = from.receive(batch);
        for (int i = 0; i < count; i++) {
            change.frame(batch.frame(i), from, to, fromFirst);
        }
        to.flush();
        from.flush();
        from.release();
        return count;
    }

    void close() throws Exception {
        ended = true;
        interfaces.idle().wake();
        thread.join();
        interfaces.close();
    }
}
