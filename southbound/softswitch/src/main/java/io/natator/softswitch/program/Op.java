package io.natator.softswitch.program;

/** The operations of a {@link Program}, numbered so that a switch over them is a table. */
public final class Op {
    /** Sets bits of field {@code a} to args 0 (upper half) and 1, under masks 2 and 3. */
    public static final int SET_FIELD = 0;
    /** Moves bits from field {@code a} to {@code b}; args: both offsets, and how many. */
    public static final int MOVE = 1;
    /** Pushes a tag of ethertype {@code a}. */
    public static final int PUSH_VLAN = 2;

    public static final int POP_VLAN = 3;
    /** Pushes a label stack entry of ethertype {@code a}. */
    public static final int PUSH_MPLS = 4;
    /** Pops a label stack entry; what follows is of ethertype {@code a}. */
    public static final int POP_MPLS = 5;

    public static final int PUSH_PBB = 6;
    public static final int POP_PBB = 7;
    public static final int SET_MPLS_TTL = 8;
    public static final int DEC_MPLS_TTL = 9;
    public static final int SET_NW_TTL = 10;
    public static final int DEC_NW_TTL = 11;
    public static final int COPY_TTL_OUT = 12;
    public static final int COPY_TTL_IN = 13;
    /** Writes args 0 to the metadata under mask 1. */
    public static final int METADATA = 14;
    /** Operations below change the frame or its key; those from here on do not. */
    public static final int FIRST_THAT_KEEPS = 15;
    /** Sends to port {@code a}. */
    public static final int OUTPUT = 15;

    public static final int OUTPUT_IN_PORT = 16;
    public static final int FLOOD = 17;
    public static final int NORMAL = 18;
    /** Sends up to {@code a} octets to the controllers. */
    public static final int CONTROLLER = 19;
    /** Sends through the tables; only of a packet-out. */
    public static final int TABLE = 20;
    /** Sends to group {@code a}; {@code b} is 1 if nothing follows. */
    public static final int GROUP = 21;

    public static final int SET_QUEUE = 22;
    /** Passes meter {@code a}, or ends. */
    public static final int METER = 23;
    /** What follows is done by rule {@code a} of the path. */
    public static final int ORIGIN = 24;
    /** Looks on in table {@code a}: what follows cannot be known from the packet's key as it came. */
    public static final int RESUME = 25;

    private Op() {}
}
