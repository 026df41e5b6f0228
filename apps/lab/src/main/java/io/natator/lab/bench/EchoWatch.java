package io.natator.lab.bench;

import io.natator.lab.LabException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A switch that can nothing but say hello and ask for echoes, one a millisecond: how long the controller takes to
 * answer tells whether it neglects one connection for others. OpenFlow 1.4.
 */
final class EchoWatch implements AutoCloseable {
    private static final long INTERVAL_NANOS = 1_000_000;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int VERSION = 5;
    private static final int HEADER = 8;

    private static final int HELLO = 0;
    private static final int ERROR = 1;
    private static final int ECHO_REQUEST = 2;
    private static final int ECHO_REPLY = 3;
    private static final int FEATURES_REQUEST = 5;
    private static final int FEATURES_REPLY = 6;
    private static final int MULTIPART_REQUEST = 18;
    private static final int BARRIER_REQUEST = 20;
    private static final int BARRIER_REPLY = 21;
    private static final int ROLE_REQUEST = 24;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final long datapathId;
    private volatile boolean measuring;

    private EchoWatch(Socket socket, long datapathId) throws IOException {
        this.socket = socket;
        this.datapathId = datapathId;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    /** Connects, and answers whatever the controller asks until it is content. */
    static EchoWatch connect(Testbed testbed, long datapathId) throws IOException {
        Socket socket = testbed.namespace()
                .call(() -> new Socket(
                        testbed.address().getAddress(), testbed.address().getPort()));
        EchoWatch watch = new EchoWatch(socket, datapathId);
        watch.send(HELLO, 0, new byte[0]);
        boolean barrier = false;
        while (!barrier) {
            barrier = watch.receive() == BARRIER_REQUEST;
        }
        return watch;
    }

    /** Adds to {@code into} how long echoes take while {@code task} runs, in nanoseconds. */
    void measure(Histogram into, Runnable task) {
        measuring = true;
        FutureTask<Void> echoes = new FutureTask<>(() -> {
            while (measuring) {
                into.recordValueWithExpectedInterval(echo(), INTERVAL_NANOS);
                LockSupport.parkNanos(INTERVAL_NANOS);
            }
            return null;
        });
        Thread.ofPlatform().daemon().name("echo").start(echoes);
        try {
            task.run();
        } finally {
            measuring = false;
        }
        try {
            Void _ = echoes.get();
        } catch (ExecutionException e) {
            throw new LabException("echo: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    private long echo() throws IOException {
        long start = System.nanoTime();
        send(ECHO_REQUEST, 1, new byte[HEADER]);
        while (receive() != ECHO_REPLY) {
            // something that the controller asks meanwhile
        }
        return System.nanoTime() - start;
    }

    /** Takes one message, answers it, and returns its type. */
    private int receive() throws IOException {
        int first = in.readInt();
        int xid = in.readInt();
        byte[] body = new byte[(first & 0xFFFF) - HEADER];
        in.readFully(body);
        int type = first >>> 16 & 0xFF;
        switch (type) {
            case FEATURES_REQUEST ->
                send(
                        FEATURES_REPLY,
                        xid,
                        ByteBuffer.allocate(24)
                                .putLong(datapathId)
                                .putInt(0)
                                .put((byte) 4)
                                .array());
            case ECHO_REQUEST -> send(ECHO_REPLY, xid, body);
            case BARRIER_REQUEST -> send(BARRIER_REPLY, xid, new byte[0]);
            // It has no statistics and no roles: OFPET_BAD_REQUEST, OFPBRC_BAD_TYPE.
            case MULTIPART_REQUEST, ROLE_REQUEST -> send(ERROR, xid, new byte[] {0, 1, 0, 1});
            default -> {}
        }
        return type;
    }

    private void send(int type, int xid, byte[] body) throws IOException {
        out.write(ByteBuffer.allocate(HEADER + body.length)
                .putInt(VERSION << 24 | type << 16 | HEADER + body.length)
                .putInt(xid)
                .put(body)
                .array());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
