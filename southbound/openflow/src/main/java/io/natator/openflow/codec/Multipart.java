package io.natator.openflow.codec;

import io.natator.packet.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;

/** Multipart messages that are read by hand (section 7.3.5): flow dumps, aggregates and table features. */
public final class Multipart {
    static final int TYPE = Header.SIZE;
    static final int FLAGS = TYPE + 2;

    /** Octets before the body. */
    public static final int BODY = TYPE + 8;

    // ofp_flow_stats
    private static final int ENTRY_LENGTH = 0;
    private static final int ENTRY_TABLE = 2;
    private static final int ENTRY_PRIORITY = 12;
    private static final int ENTRY_COOKIE = 24;
    private static final int ENTRY_PACKETS = 32;
    private static final int ENTRY_BYTES = 40;
    private static final int ENTRY_MATCH = 48;

    // ofp_table_stats
    private static final int TABLE_STATS = 24;
    private static final int TABLE_ACTIVE = 4;

    // ofp_table_features
    private static final int FEATURES_LENGTH = 0;
    private static final int FEATURES_TABLE = 2;
    private static final int FEATURES_NAME = 8;
    private static final int FEATURES_NAME_OCTETS = 32;
    private static final int FEATURES_METADATA_MATCH = 40;
    private static final int FEATURES_METADATA_WRITE = 48;
    private static final int FEATURES_MAX_ENTRIES = 60;
    private static final int FEATURES_PROPERTIES = 64;

    private Multipart() {}

    /** ofp_multipart_type of a request or reply, -1 if it is too short to have one. */
    public static int type(ByteBuf m) {
        return m.readableBytes() < BODY ? -1 : m.getUnsignedShort(m.readerIndex() + TYPE);
    }

    /** True if further parts follow. */
    public static boolean more(ByteBuf m) {
        return (m.getUnsignedShort(m.readerIndex() + FLAGS) & Wire.MORE) != 0;
    }

    /** Asks for all flow entries whose cookie has the bits of {@code cookie} under {@code mask}, in {@code table} or all of them. */
    public static void flowRequest(ByteBuf out, int version, int xid, int table, long cookie, long mask) {
        request(out, version, xid, Wire.MP_FLOW, table, cookie, mask);
    }

    /** Asks how many entries, packets and bytes there are. */
    public static void aggregateRequest(ByteBuf out, int version, int xid, int table, long cookie, long mask) {
        request(out, version, xid, Wire.MP_AGGREGATE, table, cookie, mask);
    }

    private static void request(ByteBuf out, int version, int xid, int type, int table, long cookie, long mask) {
        int start = Header.begin(out, version, Wire.MULTIPART_REQUEST, xid);
        out.writeShort(type).writeShort(0).writeInt(0);
        out.writeByte(table).writeZero(3).writeInt(Wire.ANY).writeInt(Wire.ANY).writeZero(4);
        out.writeLong(cookie).writeLong(mask);
        FlowMods.match(out, new byte[0]);
        Header.end(out, start);
    }

    /** A request without a body. */
    public static void emptyRequest(ByteBuf out, int version, int xid, int type) {
        int start = Header.begin(out, version, Wire.MULTIPART_REQUEST, xid);
        out.writeShort(type).writeShort(0).writeInt(0);
        Header.end(out, start);
    }

    /** Appends the entries of one part of a flow dump; returns what is wrong with it, or an empty string. */
    public static String readFlows(ByteBuf m, List<FlowEntry> into) {
        byte[] b = bytes(m);
        MatchFields fields = new MatchFields();
        ByteWriter match = new ByteWriter();
        int at = BODY;
        while (at < b.length) {
            int length = at + ENTRY_MATCH + 4 <= b.length ? Bytes.u16(b, at + ENTRY_LENGTH) : 0;
            if (length < ENTRY_MATCH + 8 || at + length > b.length) {
                return "flow entry of " + length + " octets, " + (b.length - at) + " left";
            }
            int matchLength = Bytes.u16(b, at + ENTRY_MATCH + 2);
            int instructions = ENTRY_MATCH + (matchLength + 7 & ~7);
            if (matchLength < 4 || instructions > length || !fields.read(b, at + ENTRY_MATCH + 4, matchLength - 4)) {
                return "match of " + matchLength + " octets in a flow entry of " + length;
            }
            match.clear();
            fields.write(match);
            EncodedRule rule = new EncodedRule(
                    "",
                    Bytes.u8(b, at + ENTRY_TABLE),
                    Bytes.u16(b, at + ENTRY_PRIORITY),
                    Bytes.i64(b, at + ENTRY_COOKIE),
                    match.toArray(),
                    java.util.Arrays.copyOfRange(b, at + instructions, at + length),
                    0);
            into.add(new FlowEntry(rule, Bytes.i64(b, at + ENTRY_PACKETS), Bytes.i64(b, at + ENTRY_BYTES)));
            at += length;
        }
        return "";
    }

    /**
     * Sums over flow entries.
     *
     * @param packets counted
     * @param bytes counted
     * @param flows entries
     */
    public record Aggregate(long packets, long bytes, long flows) {}

    /** The aggregate, or null if the message is cut short. */
    public static Aggregate readAggregate(ByteBuf m) {
        int at = m.readerIndex() + BODY;
        return m.readableBytes() < BODY + 20
                ? null
                : new Aggregate(m.getLong(at), m.getLong(at + 8), m.getUnsignedInt(at + 16));
    }

    /** Adds how many entries each table has; false if the message is cut short. */
    public static boolean readTableCounts(ByteBuf m, Map<Integer, Long> into) {
        if (type(m) != Wire.MP_TABLE || (m.readableBytes() - BODY) % TABLE_STATS != 0) {
            return false;
        }
        int end = m.readerIndex() + m.readableBytes();
        for (int at = m.readerIndex() + BODY; at < end; at += TABLE_STATS) {
            into.put((int) m.getUnsignedByte(at), m.getUnsignedInt(at + TABLE_ACTIVE));
        }
        return true;
    }

    /** Appends the tables of one part; returns what is wrong with it, or an empty string. */
    public static String readTables(ByteBuf m, List<TableFeatures> into) {
        byte[] b = bytes(m);
        int at = BODY;
        while (at < b.length) {
            int length = at + FEATURES_PROPERTIES <= b.length ? Bytes.u16(b, at + FEATURES_LENGTH) : 0;
            if (length < FEATURES_PROPERTIES || at + length > b.length) {
                return "table features of " + length + " octets, " + (b.length - at) + " left";
            }
            TableFeatures.Builder t = new TableFeatures.Builder();
            int property = at + FEATURES_PROPERTIES;
            while (property + 4 <= at + length) {
                int size = Bytes.u16(b, property + 2);
                if (size < 4 || property + size > at + length) {
                    return "table feature property of " + size + " octets";
                }
                t.property(b, property, size);
                property += size + 7 & ~7;
            }
            into.add(t.build(
                    Bytes.u8(b, at + FEATURES_TABLE),
                    name(b, at + FEATURES_NAME),
                    Integer.toUnsignedLong(Bytes.i32(b, at + FEATURES_MAX_ENTRIES)),
                    Bytes.i64(b, at + FEATURES_METADATA_MATCH),
                    Bytes.i64(b, at + FEATURES_METADATA_WRITE)));
            at += length;
        }
        return "";
    }

    private static String name(byte[] b, int at) {
        int n = 0;
        while (n < FEATURES_NAME_OCTETS && b[at + n] != 0) {
            n++;
        }
        return new String(b, at, n, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuf m) {
        byte[] b = new byte[m.readableBytes()];
        m.getBytes(m.readerIndex(), b);
        return b;
    }
}
