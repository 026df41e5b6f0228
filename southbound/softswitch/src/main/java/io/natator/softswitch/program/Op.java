package io.natator.softswitch.program;

/** The operations of a {@link Program}, numbered so that a switch over them is a table. */
public final class Op {
    /** Sets bits of field {@code a} to the first argument, under the mask of the second. */
    public static final int SET_FIELD = 0;
    /** Sets bits of a field of 128 bits; arguments: both halves of the value, then both of the mask. */
    public static final int SET_WIDE = 1;
    /** Moves bits from field {@code a} to {@code b}; the argument: both offsets and how many, 8 bits each. */
    public static final int MOVE = 2;
    /** Pushes a tag of ethertype {@code a}. */
    public static final int PUSH_VLAN = 3;

    public static final int POP_VLAN = 4;
    /** Pushes a label stack entry of ethertype {@code a}. */
    public static final int PUSH_MPLS = 5;
    /** Pops a label stack entry; what follows is of ethertype {@code a}. */
    public static final int POP_MPLS = 6;

    public static final int PUSH_PBB = 7;
    public static final int POP_PBB = 8;
    public static final int SET_MPLS_TTL = 9;
    public static final int DEC_MPLS_TTL = 10;
    public static final int SET_NW_TTL = 11;
    public static final int DEC_NW_TTL = 12;
    public static final int COPY_TTL_OUT = 13;
    public static final int COPY_TTL_IN = 14;
    /** Writes the first argument to the metadata under the mask of the second. */
    public static final int METADATA = 15;
    /** Translates by share {@code a}, to outside if {@code b} is 1; or the packet ends here. */
    public static final int TRANSLATE = 16;
    /** Operations below change the frame or its key; those from here on do not. */
    public static final int FIRST_THAT_KEEPS = 17;
    /** Sends to port {@code a}. */
    public static final int OUTPUT = 17;

    public static final int OUTPUT_IN_PORT = 18;
    public static final int FLOOD = 19;
    public static final int NORMAL = 20;
    /** Sends up to {@code a} octets to the controllers. */
    public static final int CONTROLLER = 21;
    /** Sends through the tables; only of a packet-out. */
    public static final int TABLE = 22;
    /** Sends to group {@code a}; {@code b} is 1 if nothing follows. */
    public static final int GROUP = 23;

    public static final int SET_QUEUE = 24;
    /** Passes meter {@code a}, or ends. */
    public static final int METER = 25;
    /** What follows is done by rule {@code a} of the path. */
    public static final int ORIGIN = 26;

    private Op() {}
}
