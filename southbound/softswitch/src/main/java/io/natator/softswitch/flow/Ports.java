package io.natator.softswitch.flow;

/** Reserved port and group numbers (OpenFlow 1.3.5, sections 7.2.1 and 7.3.4.3). */
public final class Ports {
    public static final int MAX = 0xFFFF_FF00;
    /** Highest number of a port of the software switch: ports are found by index. */
    public static final int MAX_ATTACHED = 0xFEFF;

    public static final int IN_PORT = 0xFFFF_FFF8;
    public static final int TABLE = 0xFFFF_FFF9;
    public static final int NORMAL = 0xFFFF_FFFA;
    public static final int FLOOD = 0xFFFF_FFFB;
    public static final int ALL = 0xFFFF_FFFC;
    public static final int CONTROLLER = 0xFFFF_FFFD;
    public static final int LOCAL = 0xFFFF_FFFE;
    public static final int ANY = 0xFFFF_FFFF;
    /** Every group, where a group is asked for. */
    public static final int GROUP_ALL = 0xFFFF_FFFC;
    /** No restriction by group. */
    public static final int GROUP_ANY = 0xFFFF_FFFF;
    /** Every table, where a table is asked for. */
    public static final int TABLE_ALL = 0xFF;

    private Ports() {}
}
