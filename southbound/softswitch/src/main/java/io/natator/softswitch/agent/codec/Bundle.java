package io.natator.softswitch.agent.codec;

import io.natator.packet.Bytes;

/** Bundle messages as ONF extension 230 brings them to 1.3: experimenter messages around those of 1.4 (section 7.3.9 there). */
public final class Bundle {
    static final int ONF = 0x4F4E4600;
    static final int CONTROL = 2300;
    static final int ADD = 2301;

    public static final int OPEN_REQUEST = 0;
    public static final int CLOSE_REQUEST = 2;
    public static final int COMMIT_REQUEST = 4;
    public static final int DISCARD_REQUEST = 6;

    private static final int EXPERIMENTER = 8;
    private static final int EXP_TYPE = 12;
    private static final int ID = 16;
    private static final int TYPE = 20;
    private static final int FLAGS = 22;
    private static final int MESSAGE = 24;

    /** What an experimenter message is. */
    public sealed interface Read {
        /** @param type OFPBCT_* */
        record Control(int id, int type, int flags) implements Read {}

        /** @param message where the message begins that is added; it ends where the outer one does, or before */
        record Add(int id, int flags, int message) implements Read {}

        /** @param code the error to answer with */
        record Wrong(ErrorCode code) implements Read {}
    }

    private Bundle() {}

    /** Reads an experimenter message of {@code length} octets, header included. */
    public static Read read(byte[] b, int length) {
        if (length < ID) {
            return new Read.Wrong(ErrorCode.REQUEST_BAD_LEN);
        }
        if (Bytes.i32(b, EXPERIMENTER) != ONF) {
            return new Read.Wrong(ErrorCode.REQUEST_BAD_EXPERIMENTER);
        }
        int type = Bytes.i32(b, EXP_TYPE);
        if (type != CONTROL && type != ADD) {
            return new Read.Wrong(ErrorCode.REQUEST_BAD_EXP_TYPE);
        }
        if (length < MESSAGE + (type == ADD ? Message.HEADER : 0)) {
            return new Read.Wrong(ErrorCode.REQUEST_BAD_LEN);
        }
        int id = Bytes.i32(b, ID);
        int flags = Bytes.u16(b, FLAGS);
        return type == CONTROL ? new Read.Control(id, Bytes.u16(b, TYPE), flags) : new Read.Add(id, flags, MESSAGE);
    }
}
