package io.natator.openflow.codec;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * An error (section 7.4).
 *
 * @param type ofp_error_type
 * @param code depends on {@code type}
 * @param offendingType ofp_type of the message it answers, -1 if the device did not send it back
 * @param text of an error about one of Natator's own messages; else empty
 */
public record ErrorMessage(int type, int code, int offendingType, String text) {
    private static final int EXPERIMENTER = 0xFFFF;
    private static final int LONGEST_TEXT = 1024;

    private static final int TYPE = Header.SIZE;
    private static final int CODE = TYPE + 2;
    private static final int DATA = CODE + 2;

    private static final String[] BAD_REQUEST = {
        "BAD_VERSION",
        "BAD_TYPE",
        "BAD_MULTIPART",
        "BAD_EXPERIMENTER",
        "BAD_EXP_TYPE",
        "EPERM",
        "BAD_LEN",
        "BUFFER_EMPTY",
        "BUFFER_UNKNOWN",
        "BAD_TABLE_ID",
        "IS_SLAVE",
        "BAD_PORT",
        "BAD_PACKET",
        "MULTIPART_BUFFER_OVERFLOW",
        "MULTIPART_REQUEST_TIMEOUT",
        "MULTIPART_REPLY_TIMEOUT"
    };
    private static final String[] BAD_ACTION = {
        "BAD_TYPE",
        "BAD_LEN",
        "BAD_EXPERIMENTER",
        "BAD_EXP_TYPE",
        "BAD_OUT_PORT",
        "BAD_ARGUMENT",
        "EPERM",
        "TOO_MANY",
        "BAD_QUEUE",
        "BAD_OUT_GROUP",
        "MATCH_INCONSISTENT",
        "UNSUPPORTED_ORDER",
        "BAD_TAG",
        "BAD_SET_TYPE",
        "BAD_SET_LEN",
        "BAD_SET_ARGUMENT"
    };
    private static final String[] BAD_INSTRUCTION = {
        "UNKNOWN_INST",
        "UNSUP_INST",
        "BAD_TABLE_ID",
        "UNSUP_METADATA",
        "UNSUP_METADATA_MASK",
        "BAD_EXPERIMENTER",
        "BAD_EXP_TYPE",
        "BAD_LEN",
        "EPERM",
        "DUP_INST"
    };
    private static final String[] BAD_MATCH = {
        "BAD_TYPE",
        "BAD_LEN",
        "BAD_TAG",
        "BAD_DL_ADDR_MASK",
        "BAD_NW_ADDR_MASK",
        "BAD_WILDCARDS",
        "BAD_FIELD",
        "BAD_VALUE",
        "BAD_MASK",
        "BAD_PREREQ",
        "DUP_FIELD",
        "EPERM"
    };
    private static final String[] FLOW_MOD_FAILED = {
        "UNKNOWN", "TABLE_FULL", "BAD_TABLE_ID", "OVERLAP", "EPERM", "BAD_TIMEOUT", "BAD_COMMAND", "BAD_FLAGS"
    };
    private static final String[] BUNDLE_FAILED = {
        "UNKNOWN",
        "EPERM",
        "BAD_ID",
        "BUNDLE_EXIST",
        "BUNDLE_CLOSED",
        "OUT_OF_BUNDLES",
        "BAD_TYPE",
        "BAD_FLAGS",
        "MSG_BAD_LEN",
        "MSG_BAD_XID",
        "MSG_UNSUP",
        "MSG_CONFLICT",
        "MSG_TOO_MANY",
        "MSG_FAILED",
        "TIMEOUT",
        "BUNDLE_IN_PROGRESS"
    };

    /** Reads an error message. One that is cut short reads as type 0xFFFF. */
    public static ErrorMessage read(ByteBuf m) {
        int at = m.readerIndex();
        if (m.readableBytes() < DATA) {
            return new ErrorMessage(EXPERIMENTER, 0, -1, "");
        }
        int type = m.getUnsignedShort(at + TYPE);
        if (type == EXPERIMENTER && m.readableBytes() >= DATA + 4 && m.getInt(at + DATA) == Wire.NATATOR) {
            int length = Math.min(m.readableBytes() - DATA - 4, LONGEST_TEXT);
            String text = m.toString(at + DATA + 4, length, StandardCharsets.UTF_8);
            return new ErrorMessage(type, m.getUnsignedShort(at + CODE), -1, text);
        }
        int offending = m.readableBytes() > DATA + Header.TYPE ? m.getUnsignedByte(at + DATA + Header.TYPE) : -1;
        return new ErrorMessage(type, m.getUnsignedShort(at + CODE), offending, "");
    }

    /** Writes an error that answers {@code offending}, of which at least 64 octets are sent back. */
    public static void write(ByteBuf out, int version, int type, int code, ByteBuf offending) {
        int start = Header.begin(out, version, Wire.ERROR, offending.readableBytes() >= 8 ? Header.xid(offending) : 0);
        out.writeShort(type).writeShort(code);
        out.writeBytes(offending, offending.readerIndex(), Math.min(offending.readableBytes(), 64));
        Header.end(out, start);
    }

    /** True if there was no room for a rule. */
    public boolean isTableFull() {
        return type == Wire.FLOW_MOD_FAILED && code == Wire.FLOW_MOD_TABLE_FULL;
    }

    /** Type and code in the specification's words. */
    @Override
    public String toString() {
        return switch (type) {
            case Wire.HELLO_FAILED -> "HELLO_FAILED code " + code;
            case Wire.BAD_REQUEST -> "BAD_REQUEST " + name(BAD_REQUEST);
            case Wire.BAD_ACTION -> "BAD_ACTION " + name(BAD_ACTION);
            case Wire.BAD_INSTRUCTION -> "BAD_INSTRUCTION " + name(BAD_INSTRUCTION);
            case Wire.BAD_MATCH -> "BAD_MATCH " + name(BAD_MATCH);
            case Wire.FLOW_MOD_FAILED -> "FLOW_MOD_FAILED " + name(FLOW_MOD_FAILED);
            case Wire.BUNDLE_FAILED -> "BUNDLE_FAILED " + name(BUNDLE_FAILED);
            case Wire.ROLE_REQUEST_FAILED -> "ROLE_REQUEST_FAILED code " + code;
            default -> text.isEmpty() ? "error type " + type + " code " + code : text;
        };
    }

    private String name(String[] names) {
        return code < names.length ? names[code] : "code " + code;
    }
}
