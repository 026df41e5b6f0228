package io.natator.softswitch.io.afpacket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.natator.softswitch.io.Idle;
import io.natator.softswitch.io.LinkState;
import io.natator.softswitch.io.linux.Ethtool;
import io.natator.softswitch.io.linux.Event;
import io.natator.softswitch.io.linux.Libc;
import io.natator.softswitch.io.linux.LinkMessages;
import io.natator.softswitch.io.linux.LinkMessages.Complete;
import io.natator.softswitch.io.linux.LinkMessages.Gone;
import io.natator.softswitch.io.linux.LinkMessages.Link;
import io.natator.softswitch.io.linux.LinkMessages.Told;
import io.natator.softswitch.io.linux.Netlink;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that watches interfaces, and opens and hands over those that are ports. */
final class Links implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Links.class);

    /** What could not be opened is tried again, and losses are asked for, so often. */
    private static final int TICK_MILLIS = 500;

    private static final int POLLFD = 8;

    private final List<Watched> watched = new ArrayList<>();
    private final Idle idle;
    private final Geometry geometry;
    private final Netlink netlink;
    private final Event stop;
    private final Thread thread;
    private final Map<Integer, Link> links = new HashMap<>();
    /** While all interfaces are being told: those told so far. */
    private Map<Integer, Link> telling = new HashMap<>();

    /** A port and what it was given last. */
    private static final class Watched {
        final AfPacketPort port;
        Attachment attachment;
        String trouble = "";

        Watched(AfPacketPort port) {
            this.port = port;
        }
    }

    private Links(List<AfPacketPort> ports, Idle idle, Mode mode) throws IOException {
        ports.forEach(port -> watched.add(new Watched(port)));
        this.idle = idle;
        this.geometry = new Geometry(1 << 17, 64, mode.ahead());
        this.stop = new Event();
        try {
            this.netlink = new Netlink(Netlink.ROUTE, LinkMessages.GROUP);
        } catch (IOException e) {
            stop.close();
            throw e;
        }
        this.thread = Thread.ofPlatform().daemon().name("links").unstarted(this::run);
    }

    /** Returns when all interfaces that are there have been opened. */
    static Links watch(List<AfPacketPort> ports, Idle idle, Mode mode) throws IOException {
        Links links = new Links(ports, idle, mode);
        try {
            links.netlink.send(LinkMessages.askForAll());
            links.awaitAll();
        } catch (IOException e) {
            links.release();
            throw e;
        }
        links.thread.start();
        return links;
    }

    private void awaitAll() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment descriptors = descriptors(arena);
            boolean complete = false;
            for (int tries = 0; tries < 10 && !complete; tries++) {
                Libc.poll(descriptors, 1, TICK_MILLIS);
                complete = drain();
            }
            if (!complete) {
                throw new IOException("the kernel does not tell what interfaces there are");
            }
        }
        watched.forEach(this::reconcile);
    }

    private MemorySegment descriptors(Arena arena) {
        MemorySegment descriptors = arena.allocate(2 * POLLFD, 4);
        descriptors.set(JAVA_INT, 0, netlink.fd());
        descriptors.set(JAVA_INT, 4, Libc.POLLIN);
        descriptors.set(JAVA_INT, POLLFD, stop.fd());
        descriptors.set(JAVA_INT, POLLFD + 4, Libc.POLLIN);
        return descriptors;
    }

    private void run() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment descriptors = descriptors(arena);
            while (true) {
                Libc.poll(descriptors, 2, TICK_MILLIS);
                if (descriptors.get(JAVA_SHORT, POLLFD + 6) != 0) {
                    return;
                }
                drainOrAskAnew();
                watched.forEach(this::reconcile);
                watched.forEach(Links::countDrops);
            }
        }
    }

    private void drainOrAskAnew() {
        try {
            boolean _ = drain();
        } catch (IOException lost) {
            log.info("asking for all interfaces anew: {}", lost.getMessage());
            telling = new HashMap<>();
            try {
                netlink.send(LinkMessages.askForAll());
            } catch (IOException e) {
                // What we know stays as it is until there is memory for more.
                log.warn("interfaces cannot be watched: {}", e.getMessage());
            }
        }
    }

    /** Reads all that was told; true if that completes what is there. */
    private boolean drain() throws IOException {
        boolean complete = false;
        for (ByteBuffer in = netlink.receive(); in.hasRemaining(); in = netlink.receive()) {
            for (Told told : LinkMessages.read(in)) {
                switch (told) {
                    case Link link -> {
                        links.put(link.index(), link);
                        telling.put(link.index(), link);
                    }
                    case Gone gone -> {
                        links.remove(gone.index());
                        telling.remove(gone.index());
                    }
                    case Complete _ -> {
                        links.keySet().retainAll(telling.keySet());
                        complete = true;
                    }
                }
            }
        }
        return complete;
    }

    /** Makes a port be what its interface is. */
    private void reconcile(Watched port) {
        LinkState known = port.port.link();
        Optional<Link> found = links.values().stream()
                .filter(l -> l.name().equals(known.name()))
                .findFirst();
        if (port.attachment != null
                && found.filter(l -> l.index() == port.attachment.ifindex()).isEmpty()) {
            log.info("interface {} is gone", known.name());
            port.attachment = null;
            port.port.handOver(Optional.empty());
        }
        if (port.attachment == null && found.isPresent()) {
            attach(port, found.get());
        }
        LinkState now = port.attachment == null
                ? new LinkState(known.name(), false, known.mac(), known.mtu(), false, false, 0)
                : state(found.orElseThrow(), known);
        if (!now.equals(known)) {
            port.port.link(now);
            idle.wake();
        }
    }

    private void attach(Watched port, Link link) {
        try {
            port.attachment = Attachment.open(link.name(), link.index(), geometry);
            port.trouble = "";
            port.port.handOver(Optional.of(port.attachment));
            log.info("interface {} is open", link.name());
        } catch (IOException e) {
            if (!port.trouble.equals(e.getMessage())) {
                port.trouble = e.getMessage();
                log.warn("interface {} cannot be opened: {}", link.name(), e.getMessage());
            }
        }
    }

    private static LinkState state(Link link, LinkState known) {
        boolean changed = !known.present() || known.carrier() != link.carrier();
        int speed = changed ? Ethtool.speedKbit(link.name()) : known.speedKbit();
        return new LinkState(
                link.name(), true, link.mac(), link.mtu(), link.adminUp(), link.carrier() && link.adminUp(), speed);
    }

    private static void countDrops(Watched port) {
        if (port.attachment != null) {
            port.port.countDrops(port.attachment);
        }
    }

    @Override
    public void close() {
        stop.signal();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        release();
    }

    private void release() {
        netlink.close();
        stop.close();
    }
}
