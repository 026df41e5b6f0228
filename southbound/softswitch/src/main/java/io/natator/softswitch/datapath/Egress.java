package io.natator.softswitch.datapath;

import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.flow.Event.PacketInReason;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Memory;
import io.natator.softswitch.learn.MacTable;
import io.natator.softswitch.pipeline.CopyRoom;
import io.natator.softswitch.pipeline.Outlet;
import io.natator.softswitch.table.Rule;
import java.util.ArrayDeque;
import java.util.Queue;

/** Where packets leave: ports, all ports, as a plain switch, to controllers, or through the tables once more. */
final class Egress implements Outlet {
    /** Bridges do not forward what is sent here (IEEE 802.1Q, section 8.6.3): 01-80-C2-00-00-00 to -0F. */
    private static final long RESERVED = 0x0180_C200_0000L;

    private static final long RESERVED_MASK = 0xFFFF_FFFF_FFF0L;
    private static final int VLAN_ID = 0xFFF;
    /** Octets around a packet that goes through the tables. */
    private static final int ROOM = 128;

    private final PortSet ports;
    private final MacTable addresses = new MacTable();
    private final PacketIns packetIns;
    private final CopyRoom room;
    private final Counts counts;
    private final Queue<Frame> submitted = new ArrayDeque<>();
    private long now;

    Egress(PortSet ports, PacketIns packetIns, CopyRoom room, Counts counts) {
        this.ports = ports;
        this.packetIns = packetIns;
        this.room = room;
        this.counts = counts;
    }

    /** The time of what comes. */
    void time(long nanos) {
        now = nanos;
    }

    /** A packet that is to go through the tables, or null. */
    Frame submitted() {
        return submitted.poll();
    }

    /** Nothing is behind this port any more. */
    void forget(int port) {
        addresses.forget(port);
    }

    @Override
    public void port(int number, Frame frame, boolean back, int queue) {
        if (number == frame.inPort && !back) {
            counts.add(Count.OUTPUT_TO_IN_PORT);
            return;
        }
        Port port = ports.get(number);
        if (port == null) {
            counts.add(Count.OUTPUT_NO_PORT);
        } else {
            send(port, frame, queue);
        }
    }

    private void send(Port port, Frame frame, int queue) {
        if (port.is(Port.PORT_DOWN | Port.NO_FWD)) {
            counts.add(Count.OUTPUT_PORT_BLOCKED);
            return;
        }
        port.send(frame, queue);
        ports.touch(port);
    }

    @Override
    public void flood(Frame frame, int queue) {
        for (Port port : ports.all()) {
            if (port.number() != frame.inPort) {
                send(port, frame, queue);
            }
        }
    }

    @Override
    public void normal(Frame frame, long[] key, int queue) {
        long destination = Key.get(key, Field.ETH_DST);
        if ((destination & RESERVED_MASK) == RESERVED) {
            counts.add(Count.NORMAL_RESERVED_ADDRESS);
            return;
        }
        int vlan = (int) Key.get(key, Field.VLAN_VID) & VLAN_ID;
        if (ports.get(frame.inPort) != null && addresses.learn(vlan, Key.get(key, Field.ETH_SRC), frame.inPort, now)) {
            counts.add(Count.MAC_TABLE_REPLACED);
        }
        int port = addresses.find(vlan, destination, now);
        if (port < 0 || !ports.isLive(port)) {
            flood(frame, queue);
        } else if (port == frame.inPort) {
            counts.add(Count.NORMAL_SAME_PORT);
        } else {
            port(port, frame, false, queue);
        }
    }

    @Override
    public void controller(PacketInReason reason, Rule rule, int maxLength, Frame frame, long[] key) {
        Port port = ports.get(frame.inPort);
        if (port != null && port.is(Port.NO_PACKET_IN)) {
            counts.add(Count.PACKETS_IN_SUPPRESSED);
        } else {
            packetIns.send(reason, rule, maxLength, frame, key, now);
        }
    }

    @Override
    public void tables(Frame frame) {
        long at = room.take(frame.length + 2 * ROOM);
        if (at == 0) {
            counts.add(Count.COPY_MEMORY_FULL);
            return;
        }
        Memory.copy(frame.address, at + ROOM, frame.length);
        Frame copy = new Frame();
        copy.address = at + ROOM;
        copy.length = frame.length;
        copy.headroom = ROOM / 2;
        copy.tailroom = ROOM / 2;
        copy.inPort = frame.inPort;
        copy.offloadsOf(frame);
        submitted.add(copy);
    }

    @Override
    public void next() {
        if (room.isLow()) {
            ports.flush();
            room.clear();
        }
    }

    @Override
    public long room(int octets) {
        return room.take(octets);
    }
}
