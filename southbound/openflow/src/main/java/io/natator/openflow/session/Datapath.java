package io.natator.openflow.session;

import io.natator.model.intent.Device;
import io.natator.openflow.reconcile.Memory;
import io.natator.openflow.reconcile.RuleTable;

/** What is known of a datapath whether it is connected or not. Used by the one thread that owns all sessions. */
public final class Datapath {
    private final long id;
    private Device device;
    private RuleTable desired;
    private Memory memory = Memory.NONE;
    private SwitchSession session;

    public Datapath(long id, Device device) {
        this.id = id;
        this.device = device;
    }

    public long id() {
        return id;
    }

    public Device device() {
        return device;
    }

    public void device(Device now) {
        device = now;
    }

    /** Null while nothing was desired. */
    public RuleTable desired() {
        return desired;
    }

    public void desired(RuleTable table) {
        desired = table;
    }

    Memory memory() {
        return memory;
    }

    void memory(Memory left) {
        memory = left;
    }

    /** The connection that counts, or null. */
    public SwitchSession session() {
        return session;
    }

    public void session(SwitchSession now) {
        session = now;
    }
}
