package io.natator.softswitch.io.afpacket;

import io.natator.softswitch.io.Idle;
import io.natator.softswitch.io.PortIo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Interfaces of this machine as ports of one datapath thread, and how that thread waits for them.
 *
 * <p>Everything is in the network namespace of the thread that calls {@link #open}. Needs CAP_NET_RAW for frames and
 * CAP_NET_ADMIN to keep the kernel's own stack from handling them.
 */
public final class Interfaces implements AutoCloseable {
    private final List<AfPacketPort> ports;
    private final Sleep sleep;
    private final Links links;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Interfaces(List<AfPacketPort> ports, Sleep sleep, Links links) {
        this.ports = ports;
        this.sleep = sleep;
        this.links = links;
    }

    /**
     * Opens interfaces by name. One that is not there now is taken up when it comes; all that are there have been
     * opened when this returns.
     *
     * @throws IOException if there is no way to watch interfaces
     */
    public static Interfaces open(List<String> names, Mode mode) throws IOException {
        List<AfPacketPort> ports = names.stream().map(AfPacketPort::new).toList();
        Sleep sleep = new Sleep(ports, mode);
        try {
            return new Interfaces(ports, sleep, Links.watch(ports, sleep, mode));
        } catch (IOException e) {
            sleep.close();
            throw e;
        }
    }

    /** Ports, in the order of the names. They are closed by the datapath thread. */
    public List<PortIo> ports() {
        return new ArrayList<>(ports);
    }

    /** How the datapath thread waits for them. */
    public Idle idle() {
        return sleep;
    }

    /** Watches no longer. To be called when the datapath thread has ended; closes what that has left open. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        links.close();
        ports.forEach(AfPacketPort::close);
        sleep.close();
    }
}
