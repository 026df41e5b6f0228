package io.natator.softswitch.session;

import java.util.SplittableRandom;

/** Which of the free ports of an address a host is given (RFC 4787, section 4.2; RFC 6056). */
final class PortPicker {
    private final SplittableRandom random;

    PortPicker(SplittableRandom random) {
        this.random = random;
    }

    /** Address and, in the low 16 bits, port. */
    static long place(OutsideAddress address, int port) {
        return (address.address & 0xFFFF_FFFFL) << 16 | port;
    }

    /**
     * Takes a port.
     *
     * @param first lowest port that may be taken
     * @param last highest one
     * @return {@link #place}, or {@link Allocator#NOTHING}
     */
    long pick(ShareState share, OutsideAddress address, int space, int first, int last, int insidePort) {
        Ports ports = address.ports(space);
        if (share.pool.preservePort() && insidePort >= first && insidePort <= last && !ports.isTaken(insidePort)) {
            address.take(space, insidePort);
            return place(address, insidePort);
        }
        int start = first + random.nextInt(last - first + 1); // RFC 6056, section 3.3.1
        int parity = share.pool.preserveParity() && space != 2 ? insidePort & 1 : Ports.ANY;
        int port = ports.free(first, last, start, parity);
        if (port < 0 && parity != Ports.ANY) {
            port = ports.free(first, last, start, Ports.ANY);
        }
        if (port < 0) {
            return Allocator.NOTHING;
        }
        address.take(space, port);
        return place(address, port);
    }
}
