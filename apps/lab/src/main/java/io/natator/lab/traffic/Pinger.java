package io.natator.lab.traffic;

import io.natator.lab.LabException;
import io.natator.lab.net.Libc;
import io.natator.lab.net.Namespace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pings (RFC 792, RFC 4443 section 4.1) at a steady rate until it is stopped, and then accounts for every
 * single one: the last ones get their time to come back. iputils cannot be stopped so.
 */
public final class Pinger implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final int IDENTIFIER = ThreadLocalRandom.current().nextInt(1, 0xFFFF);

    private final Duration interval;
    private final int most;
    private final byte[] target;
    private final int fd;
    private final Account account = new Account();
    private final CompletableFuture<Report> report = new CompletableFuture<>();
    private volatile boolean stop;

    /**
     * What became of the pings.
     *
     * @param sent how many were sent
     * @param received how many of them were answered
     * @param lost sequence numbers of the others, from 0
     * @param slowest longest round trip
     */
    public record Report(int sent, int received, List<Integer> lost, Duration slowest) {}

    private Pinger(Namespace from, String target, Duration interval, int most) {
        this.most = most;
        try {
            this.target = InetAddress.getByName(target).getAddress();
        } catch (UnknownHostException e) {
            throw new LabException("not an address: " + target, e);
        }
        this.interval = interval;
        this.fd = from.call(() -> isIpv4() ? Libc.socket(2, 3, 1) : Libc.socket(10, 3, 58));
    }

    /** Starts to ping {@code target}, an address, every {@code interval}. */
    public static Pinger start(Namespace from, String target, Duration interval) {
        Pinger pinger = new Pinger(from, target, interval, Integer.MAX_VALUE);
        Thread.ofPlatform().daemon().name("ping " + target).start(pinger::run);
        return pinger;
    }

    /** Pings {@code count} times, every 20 ms. */
    public static Report ping(Namespace from, String target, int count) {
        Pinger pinger = new Pinger(from, target, Duration.ofMillis(20), count);
        pinger.run();
        return pinger.report.join();
    }

    /** Pings sent so far. */
    public int sent() {
        return account.sent();
    }

    /** Pings that were answered so far. */
    public int received() {
        return account.received();
    }

    /** Stops, waits for what is on its way, up to 1 s, and accounts. */
    public Report stop() {
        stop = true;
        return report.join();
    }

    @Override
    public void close() {
        stop();
    }

    private boolean isIpv4() {
        return target.length == 4;
    }

    private void run() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(2048, 8);
            long next = System.nanoTime();
            while (!stop && account.sent() < most) {
                send();
                next += interval.toNanos();
                if (account.sent() < most) {
                    receiveUntil(buffer, next, false);
                }
            }
            receiveUntil(buffer, System.nanoTime() + GRACE.toNanos(), true);
            report.complete(account.report());
        } catch (RuntimeException | Error e) {
            report.completeExceptionally(e);
        } finally {
            Libc.close(fd);
        }
    }

    private void receiveUntil(MemorySegment buffer, long end, boolean stopWhenComplete) {
        long left = end - System.nanoTime();
        while (left > 0 && !(stopWhenComplete && account.isComplete())) {
            try (Arena arena = Arena.ofConfined()) {
                Libc.poll(arena, fd, (int) Math.ceilDiv(left, 1_000_000));
                int length = Libc.receive(arena, fd, buffer);
                while (length > 0) {
                    answered(buffer.asSlice(0, length).asByteBuffer());
                    length = Libc.receive(arena, fd, buffer);
                }
            }
            left = end - System.nanoTime();
        }
    }

    private void send() {
        int sequence = account.next();
        ByteBuffer packet = ByteBuffer.allocate(64);
        packet.put((byte) (isIpv4() ? 8 : 128)).put((byte) 0).putShort((short) 0);
        packet.putShort((short) IDENTIFIER).putShort((short) sequence).putInt(sequence);
        if (isIpv4()) {
            packet.putShort(2, checksum(packet.array()));
        }
        ByteBuffer address = ByteBuffer.allocate(isIpv4() ? 16 : 28).order(java.nio.ByteOrder.nativeOrder());
        address.putShort(0, (short) (isIpv4() ? 2 : 10));
        address.put(isIpv4() ? 4 : 8, target);
        try (Arena arena = Arena.ofConfined()) {
            // A packet that the kernel refuses to send (no route) counts as lost.
            var _ = Libc.sendto(
                    arena,
                    fd,
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, packet.array()),
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, address.array()));
        }
    }

    private void answered(ByteBuffer packet) {
        int offset = isIpv4() ? (packet.get(0) & 0xF) * 4 : 0;
        boolean echoReply = packet.limit() >= offset + 12 && packet.get(offset) == (byte) (isIpv4() ? 0 : 129);
        if (echoReply && (packet.getShort(offset + 4) & 0xFFFF) == IDENTIFIER) {
            account.answered(packet.getInt(offset + 8));
        }
    }

    private static short checksum(byte[] bytes) {
        int sum = 0;
        for (int i = 0; i < bytes.length; i += 2) {
            sum += (bytes[i] & 0xFF) << 8 | (bytes[i + 1] & 0xFF);
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        return (short) ~((sum & 0xFFFF) + (sum >>> 16));
    }

    /** Sent and answered, by sequence number. */
    private static final class Account {
        private final List<Long> sentAt = new ArrayList<>();
        private final List<Long> roundTrips = new ArrayList<>();
        private int received;

        synchronized int next() {
            sentAt.add(System.nanoTime());
            roundTrips.add(-1L);
            return sentAt.size() - 1;
        }

        synchronized void answered(int sequence) {
            if (sequence >= 0 && sequence < sentAt.size() && roundTrips.get(sequence) < 0) {
                roundTrips.set(sequence, System.nanoTime() - sentAt.get(sequence));
                received++;
            }
        }

        synchronized int sent() {
            return sentAt.size();
        }

        synchronized int received() {
            return received;
        }

        synchronized boolean isComplete() {
            return received == sentAt.size();
        }

        synchronized Report report() {
            List<Integer> lost = new ArrayList<>();
            long slowest = 0;
            for (int i = 0; i < roundTrips.size(); i++) {
                slowest = Math.max(slowest, roundTrips.get(i));
                if (roundTrips.get(i) < 0) {
                    lost.add(i);
                }
            }
            return new Report(sentAt.size(), received, lost, Duration.ofNanos(slowest));
        }
    }
}
