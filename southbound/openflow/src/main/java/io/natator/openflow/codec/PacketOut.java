package io.natator.openflow.codec;

import io.netty.buffer.ByteBuf;

/** Packet-out (section 7.3.7) with one output action. */
public final class PacketOut {
    private static final int OUTPUT_LENGTH = 16;

    private PacketOut() {}

    /** Sends {@code frame} to {@code outPort}; {@link Wire#PORT_TABLE} runs it through the tables as if it came by {@code inPort}. */
    public static void write(ByteBuf out, int version, int xid, int inPort, int outPort, byte[] frame) {
        int start = Header.begin(out, version, Wire.PACKET_OUT, xid);
        out.writeInt(Wire.NO_BUFFER).writeInt(inPort).writeShort(OUTPUT_LENGTH).writeZero(6);
        out.writeShort(Wire.OUTPUT)
                .writeShort(OUTPUT_LENGTH)
                .writeInt(outPort)
                .writeShort(0)
                .writeZero(6);
        out.writeBytes(frame);
        Header.end(out, start);
    }
}
