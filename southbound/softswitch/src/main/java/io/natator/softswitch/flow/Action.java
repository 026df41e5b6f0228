package io.natator.softswitch.flow;

/** The actions of OpenFlow 1.3 (section 7.2.5), and of Nicira's what controllers need for whole prefixes. */
public sealed interface Action {
    /**
     * To a port, physical or reserved.
     *
     * @param port number, unsigned
     * @param maxLength octets of a packet-in, if the port is CONTROLLER; 0xFFFF: the whole packet
     */
    record Output(int port, int maxLength) implements Action {}

    /**
     * Sets the bits of a field that the mask names (set-field; under a mask as OpenFlow 1.5 and NX reg_load do).
     *
     * @param high upper 64 bits of a field of 128, else 0
     * @param maskHigh all ones for the whole of a wide field
     * @param mask all ones as wide as the field for the whole of it
     */
    record SetField(Field field, long high, long value, long maskHigh, long mask) implements Action {}

    /** Copies {@code bits} bits from one field to another (NX reg_move); offsets count from the lowest bit. */
    record Move(Field from, int fromOffset, Field to, int toOffset, int bits) implements Action {}

    /** Puts a tag of this ethertype (0x8100, 0x88A8) before all others. */
    record PushVlan(int etherType) implements Action {}

    record PopVlan() implements Action {}

    /** Puts a label stack entry of this ethertype (0x8847, 0x8848) before all others. */
    record PushMpls(int etherType) implements Action {}

    /** @param etherType of what follows */
    record PopMpls(int etherType) implements Action {}

    record PushPbb(int etherType) implements Action {}

    record PopPbb() implements Action {}

    record SetMplsTtl(int ttl) implements Action {}

    record DecMplsTtl() implements Action {}

    record SetNwTtl(int ttl) implements Action {}

    record DecNwTtl() implements Action {}

    record CopyTtlOut() implements Action {}

    record CopyTtlIn() implements Action {}

    record SetQueue(int queue) implements Action {}

    record Group(int group) implements Action {}
}
