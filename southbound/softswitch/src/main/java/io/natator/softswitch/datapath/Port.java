package io.natator.softswitch.datapath;

import io.natator.softswitch.flow.Event.PortDescription;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.io.LinkState;
import io.natator.softswitch.io.PortIo;
import io.natator.softswitch.table.ActionCheck;
import java.util.ArrayList;
import java.util.List;

/** A port: its interface, and what controllers told about it. */
final class Port {
    /** OFPPC_*. */
    static final int PORT_DOWN = 1;

    static final int NO_RECV = 4;
    static final int NO_FWD = 32;
    static final int NO_PACKET_IN = 64;
    static final int KNOWN_CONFIG = PORT_DOWN | NO_RECV | NO_FWD | NO_PACKET_IN;

    private final int number;
    private final PortIo io;
    private final long attached;
    private final long[] queuePackets = new long[ActionCheck.QUEUES];
    private final long[] queueBytes = new long[ActionCheck.QUEUES];
    private LinkState link;
    private int config;
    /** Frames are queued that must be flushed. */
    private boolean dirty;

    Port(int number, PortIo io, long now) {
        this.number = number;
        this.io = io;
        attached = now;
        link = io.link();
    }

    int number() {
        return number;
    }

    PortIo io() {
        return io;
    }

    /** What was last told of the interface. */
    LinkState link() {
        return link;
    }

    void link(LinkState now) {
        link = now;
    }

    int config() {
        return config;
    }

    void config(int now) {
        config = now;
    }

    boolean is(int flag) {
        return (config & flag) != 0;
    }

    /** Frames can pass. */
    boolean live() {
        return link.up() && !is(PORT_DOWN);
    }

    boolean dirty() {
        return dirty;
    }

    void dirty(boolean now) {
        dirty = now;
    }

    /** Queues a frame; {@code queue} is −1 if none was set. */
    void send(Frame frame, int queue) {
        if (queue >= 0) {
            queuePackets[queue]++;
            queueBytes[queue] += frame.length;
        }
        io.queue(frame);
    }

    PortDescription describe() {
        return new PortDescription(number, link.name(), link.mac(), link.mtu(), config, live(), link.speedKbit());
    }

    Reply.Port count(long now) {
        return new Reply.Port(number, io.counters(), now - attached);
    }

    List<Reply.Queue> queues(long now) {
        List<Reply.Queue> queues = new ArrayList<>();
        for (int i = 0; i < queuePackets.length; i++) {
            if (queuePackets[i] != 0) {
                queues.add(new Reply.Queue(number, i, queuePackets[i], queueBytes[i], 0, now - attached));
            }
        }
        return queues;
    }
}
