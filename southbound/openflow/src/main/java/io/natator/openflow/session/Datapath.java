package io.natator.openflow.session;

import io.natator.model.device.Capabilities;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.openflow.reconcile.Memory;
import io.natator.openflow.reconcile.RuleTable;
import java.util.List;

/** What is known of a datapath whether it is connected or not. Used by the one thread that owns all sessions. */
public final class Datapath {
    private final long id;
    private Device device;
    private RuleTable desired;
    private byte[] shares;
    private List<Translation> translations = List.of();
    private Memory memory = Memory.NONE;
    private Lessons lessons = Lessons.NONE;
    private String lessonsAbout = "";
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

    /** A set of shares, encoded; null while nothing was told. */
    byte[] shares() {
        return shares;
    }

    public void shares(byte[] set) {
        shares = set;
    }

    /** What the desired rules translate. */
    List<Translation> translations() {
        return translations;
    }

    public void translations(List<Translation> now) {
        translations = now;
    }

    Memory memory() {
        return memory;
    }

    void memory(Memory left) {
        memory = left;
    }

    /** What errors taught, as long as the device still describes itself as it did then. */
    Lessons lessons(Capabilities claimed) {
        String description = claimed.manufacturer() + '\n' + claimed.hardware() + '\n' + claimed.software();
        if (!description.equals(lessonsAbout)) {
            lessonsAbout = description;
            lessons = Lessons.NONE;
        }
        return lessons;
    }

    void learned(Lessons more) {
        lessons = more;
    }

    /** The connection that counts, or null. */
    public SwitchSession session() {
        return session;
    }

    public void session(SwitchSession now) {
        session = now;
    }
}
