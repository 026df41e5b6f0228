package io.natator.softswitch.datapath;

import io.natator.softswitch.flow.Ports;
import java.util.ArrayList;
import java.util.List;

/** The ports by number, and those with frames to be flushed. */
final class PortSet {
    private final Port[] byNumber = new Port[Ports.MAX_ATTACHED + 1];
    private Port[] all = {};
    private Port[] dirty = {};
    private int dirtyCount;

    /** The port of this number, or null. */
    Port get(int number) {
        return number < 0 || number >= byNumber.length ? null : byNumber[number];
    }

    /** All ports; not to be changed. */
    Port[] all() {
        return all;
    }

    void add(Port port) {
        byNumber[port.number()] = port;
        List<Port> list = new ArrayList<>(List.of(all));
        list.add(port);
        set(list);
    }

    void remove(Port port) {
        byNumber[port.number()] = null;
        List<Port> list = new ArrayList<>(List.of(all));
        list.remove(port);
        set(list);
    }

    private void set(List<Port> list) {
        flush();
        list.sort((a, b) -> Integer.compare(a.number(), b.number()));
        all = list.toArray(Port[]::new);
        dirty = new Port[all.length];
    }

    boolean isLive(int number) {
        Port port = get(number);
        return port != null && port.live();
    }

    /** Frames were queued at this port. */
    void touch(Port port) {
        if (!port.dirty()) {
            port.dirty(true);
            dirty[dirtyCount++] = port;
        }
    }

    /** Sends all that is queued. */
    void flush() {
        for (int i = 0; i < dirtyCount; i++) {
            dirty[i].io().flush();
            dirty[i].dirty(false);
            dirty[i] = null;
        }
        dirtyCount = 0;
    }
}
