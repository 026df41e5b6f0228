package io.natator.softswitch.ipfix.codec;

import java.nio.ByteBuffer;

/**
 * Fills one message after the other: NAT events in data sets, and templates when told. Each method that adds an event answers
 * false if the message has no room for it: take the message, then add it again. Inside hosts are two halves of an address; of IPv4 the
 * upper one is 0. Events of IPv6 hosts are those of NAT64.
 */
public final class MessageWriter {
    /** Octets of a UDP payload that fits an IPv6 packet of 1,280. */
    public static final int LARGEST = 1232;

    private static final int VERSION = 10;
    private static final int HEADER = 16;
    private static final int SET_HEADER = 4;
    private static final int TEMPLATE_SET = 2;

    private final ByteBuffer message = ByteBuffer.allocateDirect(LARGEST).position(HEADER);
    private final int domain;
    private int sequence;
    private int records;
    private int set = -1;
    private Template inSet;

    /** @param domain observation domain id */
    public MessageWriter(int domain) {
        this.domain = domain;
    }

    /** Data records in the message so far. */
    public int records() {
        return records;
    }

    /** True if there is nothing to be sent. */
    public boolean isEmpty() {
        return message.position() == HEADER;
    }

    /** Adds all templates; only to an empty message. */
    public void templates() {
        begin(TEMPLATE_SET);
        for (Template template : Template.values()) {
            message.putShort((short) template.id).putShort((short) template.elements.size());
            for (Element element : template.elements) {
                message.putShort((short) element.id).putShort((short) element.length);
            }
        }
    }

    private void begin(int setId) {
        endSet();
        set = message.position();
        message.putShort((short) setId).putShort((short) 0);
    }

    private void endSet() {
        if (set >= 0) {
            message.putShort(set + 2, (short) (message.position() - set));
            set = -1;
        }
    }

    private boolean record(Template template, long millis, int event) {
        int needed = template.length + (inSet == template ? 0 : SET_HEADER);
        if (message.remaining() < needed) {
            return false;
        }
        if (inSet != template) {
            begin(template.id);
            inSet = template;
        }
        message.putLong(millis).put((byte) event);
        records++;
        return true;
    }

    /**
     * A session.
     *
     * @param millis since 1970
     * @param created else deleted
     * @param remoteHigh of the address by which an IPv6 host knows the remote; ignored of IPv4
     * @param remoteLow the lower half
     */
    public boolean session(
            long millis,
            boolean created,
            int protocol,
            long insideHigh,
            long inside,
            int insidePort,
            int outside,
            int outsidePort,
            long remoteHigh,
            long remoteLow,
            int remote,
            int remotePort,
            long packets,
            long octets) {
        boolean ipv4 = insideHigh == 0;
        int event = ipv4 ? NatEvent.NAT44_SESSION_CREATE : NatEvent.NAT64_SESSION_CREATE;
        if (!record(ipv4 ? Template.SESSION : Template.SESSION_64, millis, created ? event : event + 1)) {
            return false;
        }
        ends(protocol, insideHigh, inside, insidePort, outside, outsidePort);
        if (ipv4) {
            message.putInt(remote);
        } else {
            message.putLong(remoteHigh).putLong(remoteLow);
        }
        message.putInt(remote)
                .putShort((short) remotePort)
                .putShort((short) remotePort)
                .putLong(packets)
                .putLong(octets);
        return true;
    }

    /** A mapping: what a session has but its remote. */
    public boolean mapping(
            long millis,
            boolean created,
            int protocol,
            long insideHigh,
            long inside,
            int insidePort,
            int outside,
            int outsidePort) {
        boolean ipv4 = insideHigh == 0;
        int event = ipv4 ? NatEvent.NAT44_BIB_CREATE : NatEvent.NAT64_BIB_CREATE;
        if (!record(ipv4 ? Template.MAPPING : Template.MAPPING_64, millis, created ? event : event + 1)) {
            return false;
        }
        ends(protocol, insideHigh, inside, insidePort, outside, outsidePort);
        return true;
    }

    private ByteBuffer host(long high, long low) {
        return high == 0 ? message.putInt((int) low) : message.putLong(high).putLong(low);
    }

    private void ends(int protocol, long insideHigh, long inside, int insidePort, int outside, int outsidePort) {
        host(insideHigh, inside)
                .putInt(outside)
                .put((byte) protocol)
                .putShort((short) insidePort)
                .putShort((short) outsidePort);
    }

    public boolean binding(long millis, boolean created, int inside, int outside) {
        int event = created ? NatEvent.ADDRESS_BINDING_CREATE : NatEvent.ADDRESS_BINDING_DELETE;
        if (!record(Template.ADDRESS_BINDING, millis, event)) {
            return false;
        }
        message.putInt(inside).putInt(outside);
        return true;
    }

    public boolean portBlock(
            long millis, boolean taken, long insideHigh, long inside, int outside, int firstPort, int lastPort) {
        int event = taken ? NatEvent.PORT_BLOCK_ALLOCATION : NatEvent.PORT_BLOCK_DEALLOCATION;
        if (!record(insideHigh == 0 ? Template.PORT_BLOCK : Template.PORT_BLOCK_64, millis, event)) {
            return false;
        }
        host(insideHigh, inside).putInt(outside).putShort((short) firstPort).putShort((short) lastPort);
        return true;
    }

    public boolean addressesExhausted(long millis, int pool) {
        if (!record(Template.ADDRESSES_EXHAUSTED, millis, NatEvent.ADDRESSES_EXHAUSTED)) {
            return false;
        }
        message.putInt(pool);
        return true;
    }

    public boolean portsExhausted(long millis, int pool, int protocol) {
        if (!record(Template.PORTS_EXHAUSTED, millis, NatEvent.PORTS_EXHAUSTED)) {
            return false;
        }
        message.putInt(pool).put((byte) protocol);
        return true;
    }

    /** @param threshold that was crossed, in addresses: upwards if {@code high} */
    public boolean addressesThreshold(long millis, boolean high, int pool, int threshold) {
        if (!record(high ? Template.ADDRESSES_HIGH : Template.ADDRESSES_LOW, millis, NatEvent.THRESHOLD_REACHED)) {
            return false;
        }
        message.putInt(high ? NatEvent.ADDRESS_POOL_HIGH : NatEvent.ADDRESS_POOL_LOW)
                .putInt(pool)
                .putInt(threshold);
        return true;
    }

    /** @param threshold that was crossed upwards, in ports of the protocol, or in blocks of all (0) */
    public boolean portsThreshold(long millis, int pool, int threshold, int protocol) {
        if (!record(Template.PORTS_HIGH, millis, NatEvent.THRESHOLD_REACHED)) {
            return false;
        }
        message.putInt(NatEvent.PORT_MAPPINGS_HIGH)
                .putInt(pool)
                .putInt(threshold)
                .put((byte) protocol);
        return true;
    }

    public boolean tableFull(long millis) {
        if (!record(Template.TABLE_FULL, millis, NatEvent.QUOTA_EXCEEDED)) {
            return false;
        }
        message.putInt(NatEvent.MAXIMUM_SESSION_ENTRIES);
        return true;
    }

    /** @param limit of the host's sessions or ports */
    public boolean quotaExceeded(long millis, int limit, long insideHigh, long inside) {
        Template template = insideHigh == 0 ? Template.QUOTA_EXCEEDED : Template.QUOTA_EXCEEDED_64;
        if (!record(template, millis, NatEvent.QUOTA_EXCEEDED)) {
            return false;
        }
        message.putInt(NatEvent.MAXIMUM_ENTRIES_PER_USER).putInt(limit);
        var _ = host(insideHigh, inside);
        return true;
    }

    /**
     * The message, complete; it is good until the next one is begun by {@link #clear}. The sequence number counts data records of
     * all messages before, also of such as were never sent: so a collector learns that they are missing.
     *
     * @param seconds since 1970
     */
    public ByteBuffer take(long seconds) {
        endSet();
        message.putShort(0, (short) VERSION)
                .putShort(2, (short) message.position())
                .putInt(4, (int) seconds)
                .putInt(8, sequence)
                .putInt(12, domain);
        return message.flip();
    }

    /** Begins the next message. */
    public void clear() {
        sequence += records;
        records = 0;
        set = -1;
        inSet = null;
        message.clear().position(HEADER);
    }
}
