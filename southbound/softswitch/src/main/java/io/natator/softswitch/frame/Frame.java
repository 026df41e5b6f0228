package io.natator.softswitch.frame;

/**
 * Where a frame is, and what its interface said of it. Mutable and reused: one object serves packet after packet.
 *
 * <p>The offload words are those of {@code struct virtio_net_hdr} (Virtual I/O Device 1.2, section 5.1.6): a frame may
 * be larger than the MTU (GSO) and its transport checksum may be partial, and leaves as it came.
 */
public final class Frame {
    /** {@link #flags}: the transport checksum field holds the uncomplemented sum of the pseudo-header only. */
    public static final int NEEDS_CSUM = 1;

    /** {@link #gsoType}: a long TCP segment over IPv4. */
    public static final int GSO_TCPV4 = 1;
    /** {@link #gsoType}: a long UDP datagram that becomes fragments. */
    public static final int GSO_UDP = 3;
    /** {@link #gsoType}: a long TCP segment over IPv6. */
    public static final int GSO_TCPV6 = 4;
    /** {@link #gsoType}: many UDP datagrams. */
    public static final int GSO_UDP_L4 = 5;
    /** {@link #gsoType}: beside TCP, that only the first segment has CWR set. */
    public static final int GSO_ECN = 0x80;

    /** Address of the first octet of the Ethernet header. */
    public long address;
    /** Octets, without frame check sequence. */
    public int length;
    /** Octets before {@link #address} that may be overwritten, the virtio-net header's place not among them. */
    public int headroom;
    /** Octets after the frame that may be overwritten. */
    public int tailroom;
    /** OpenFlow number of the port where it came in. */
    public int inPort;

    /** {@link #NEEDS_CSUM} or 0. */
    public int flags;
    /** VIRTIO_NET_HDR_GSO_*: 0 none, 1 TCPv4, 3 UDP, 4 TCPv6, 5 UDP_L4; bit 7 ECN. */
    public int gsoType;
    /** Octets of all headers, if {@link #gsoType} is not 0; a hint. */
    public int headerLength;
    /** Payload octets a segment, if {@link #gsoType} is not 0. */
    public int gsoSize;
    /** Octets from {@link #address} to where the checksum starts, if {@link #NEEDS_CSUM}. */
    public int csumStart;
    /** Octets from there to the checksum field. */
    public int csumOffset;

    /** Address after the last octet. */
    public long end() {
        return address + length;
    }

    /** No offloads: a frame as it is on the wire. */
    public void plain() {
        flags = 0;
        gsoType = 0;
        headerLength = 0;
        gsoSize = 0;
        csumStart = 0;
        csumOffset = 0;
    }

    /**
     * Copies this frame, with what is said of it, into a buffer.
     *
     * @param copy becomes the frame that lies there
     * @param buffer address of the first octet
     * @param capacity octets of the buffer
     * @param room headroom of the copy
     * @return false, and nothing done, if it does not fit
     */
    public boolean copyTo(Frame copy, long buffer, int capacity, int room) {
        if (room + length > capacity) {
            return false;
        }
        Memory.copy(address, buffer + room, length);
        copy.address = buffer + room;
        copy.length = length;
        copy.headroom = room;
        copy.tailroom = capacity - room - length;
        copy.inPort = inPort;
        copy.offloadsOf(this);
        return true;
    }

    /** Takes over the offload words of {@code other}. */
    public void offloadsOf(Frame other) {
        flags = other.flags;
        gsoType = other.gsoType;
        headerLength = other.headerLength;
        gsoSize = other.gsoSize;
        csumStart = other.csumStart;
        csumOffset = other.csumOffset;
    }
}
