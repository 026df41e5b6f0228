package io.natator.openflow.experimenter;

import io.natator.openflow.codec.Wire;
import io.netty.buffer.ByteBuf;

/** Numbers of Natator's experimenter messages, and their headers (OpenFlow 1.3.5, sections 7.3.5.19 and 7.5.4). */
final class Experimenter {
    /** OFPT_EXPERIMENTER: {@link ShareParts}. */
    static final int SHARES = 1;

    // OFPMP_EXPERIMENTER: SessionRequest, SessionReply
    static final int SESSIONS = 1;
    static final int LOOKUP = 2;
    static final int CLEAR = 3;
    static final int USE = 4;
    static final int BINDINGS = 5;

    /** Of a multipart message: octets before the body. */
    static final int MULTIPART_BODY = 24;

    private Experimenter() {}

    static void header(ByteBuf out, int version, int xid, int type, int length) {
        out.writeByte(version).writeByte(Wire.EXPERIMENTER).writeShort(length).writeInt(xid);
        out.writeInt(Wire.NATATOR).writeInt(type);
    }

    /** @param body octets of it */
    static void multipart(ByteBuf out, int version, int message, int xid, boolean more, int type, int body) {
        out.writeByte(version)
                .writeByte(message)
                .writeShort(MULTIPART_BODY + body)
                .writeInt(xid);
        out.writeShort(Wire.MP_EXPERIMENTER).writeShort(more ? Wire.MORE : 0).writeInt(0);
        out.writeInt(Wire.NATATOR).writeInt(type);
    }
}
