package io.natator.lab.e2e;

import io.natator.lab.LabException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A controller that speaks just enough OpenFlow 1.3 to add and delete rules, so many a second. */
final class RuleChanger implements AutoCloseable {
    private static final byte VERSION = 4;
    private static final byte HELLO = 0;
    private static final byte ERROR = 1;
    private static final byte FLOW_MOD = 14;
    private static final byte BARRIER_REQUEST = 20;
    private static final byte BARRIER_REPLY = 21;
    private static final byte ADD = 0;
    private static final byte DELETE_STRICT = 4;
    private static final int HEADER = 8;
    private static final int MATCH = 24;
    private static final int INSTRUCTION = 24;
    private static final int ANY = -1;
    private static final int BATCHES_A_SECOND = 50;
    /** Rules of these that are there at a time. */
    static final int KEPT = 50;

    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocate(1 << 16);
    private int next;

    private RuleChanger(SocketChannel channel) {
        this.channel = channel;
    }

    static RuleChanger connect(Path socket) throws IOException {
        RuleChanger changer = new RuleChanger(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        changer.header(HELLO, HEADER);
        changer.flush();
        return changer;
    }

    /**
     * Adds a rule for a host of 172.17.0.0/16 to table 0 and deletes the one {@link #KEPT} additions before, in turn; a barrier
     * follows every batch, and its answer is waited for.
     *
     * @return changes made
     */
    int change(int perSecond, Duration duration) throws IOException {
        long nanos = 1_000_000_000L / BATCHES_A_SECOND;
        long start = System.nanoTime();
        int made = 0;
        for (int batch = 0; batch * nanos < duration.toNanos(); batch++) {
            for (int i = 0; i < perSecond / BATCHES_A_SECOND / 2; i++) {
                flowMod(ADD, next);
                flowMod(DELETE_STRICT, next - KEPT);
                next++;
                made += 2;
            }
            header(BARRIER_REQUEST, HEADER);
            flush();
            awaitBarrier();
            LockSupport.parkNanos(start + (batch + 1) * nanos - System.nanoTime());
        }
        return made;
    }

    private void header(byte type, int length) {
        out.put(VERSION).put(type).putShort((short) length).putInt(next);
    }

    /** OpenFlow 1.3.5, section 7.3.4.1. */
    private void flowMod(byte command, int host) {
        int instructions = command == ADD ? INSTRUCTION : 0;
        header(FLOW_MOD, HEADER + 40 + MATCH + instructions);
        out.putLong(0).putLong(0).put((byte) 0).put(command).putShort((short) 0).putShort((short) 0);
        out.putShort((short) 200)
                .putInt(ANY)
                .putInt(ANY)
                .putInt(ANY)
                .putShort((short) 0)
                .putShort((short) 0);
        // ethertype, IPv4 destination
        out.putShort((short) 1).putShort((short) (MATCH - 6));
        out.putInt(0x8000_0A02).putShort((short) 0x0800);
        out.putInt(0x8000_1804).putInt(172 << 24 | 17 << 16 | (host & 0xFFFF));
        out.putInt(0).putShort((short) 0);
        if (command == ADD) {
            out.putShort((short) 4).putShort((short) INSTRUCTION).putInt(0);
            out.putShort((short) 0)
                    .putShort((short) 16)
                    .putInt(2)
                    .putShort((short) 0)
                    .putInt(0)
                    .putShort((short) 0);
        }
    }

    private void flush() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            var _ = channel.write(out);
        }
        out.clear();
    }

    private void awaitBarrier() throws IOException {
        byte type;
        do {
            ByteBuffer header = read(HEADER);
            type = header.get(1);
            ByteBuffer body = read((header.getShort(2) & 0xFFFF) - HEADER);
            if (type == ERROR) {
                throw new LabException("error %d, %d".formatted(body.getShort(0), body.getShort(2)));
            }
        } while (type != BARRIER_REPLY);
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new LabException("the switch has closed the connection");
            }
        }
        return in;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
