package io.natator.openflow.codec;

import io.natator.packet.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import java.util.List;

/** Being told of changes to flow tables that others make (OpenFlow 1.4, section 7.3.5.18). */
public final class FlowMonitor {
    private static final int ADD = 1 << 1;
    private static final int MODIFY = 1 << 3;
    private static final int INSTRUCTIONS = 1 << 4;
    private static final int COMMAND_ADD = 0;

    // ofp_flow_update_header; 0 to 3 are ofp_flow_update_full
    private static final int MODIFIED = 3;
    private static final int RESUMED = 6;
    private static final int UPDATE = 8;
    private static final int UPDATE_TABLE = 4;
    private static final int UPDATE_PRIORITY = 10;
    private static final int UPDATE_COOKIE = 16;
    private static final int UPDATE_MATCH = 24;

    private FlowMonitor() {}

    /**
     * Asks to be told of every entry that is added or changed, with its instructions. What this connection changes
     * itself comes as an abbreviation.
     */
    public static void request(ByteBuf out, int version, int xid) {
        int start = Header.begin(out, version, Wire.MULTIPART_REQUEST, xid);
        out.writeShort(Wire.MP_FLOW_MONITOR).writeShort(0).writeInt(0);
        out.writeInt(xid).writeInt(Wire.ANY).writeInt(Wire.ANY);
        out.writeShort(ADD | MODIFY | INSTRUCTIONS).writeByte(Wire.TABLE_ALL).writeByte(COMMAND_ADD);
        FlowMods.match(out, new byte[0]);
        Header.end(out, start);
    }

    /**
     * Appends the entries that others added or changed, as they are now; returns what is wrong with the message, or an
     * empty string. Abbreviations, pauses and their ends say nothing more: after a pause come the changes made meanwhile.
     */
    public static String read(ByteBuf m, List<EncodedRule> into) {
        byte[] b = ByteBufUtil.getBytes(m, m.readerIndex(), m.readableBytes(), true);
        MatchFields fields = new MatchFields();
        ByteWriter match = new ByteWriter();
        int at = Multipart.BODY;
        while (at < b.length) {
            int length = at + UPDATE <= b.length ? Bytes.u16(b, at) : 0;
            int event = at + UPDATE <= b.length ? Bytes.u16(b, at + 2) : 0;
            if (length < UPDATE || at + length > b.length || event > RESUMED) {
                return "flow update of " + length + " octets, " + (b.length - at) + " left";
            }
            if (event <= MODIFIED) {
                int matchLength = length < UPDATE_MATCH + 8 ? 0 : Bytes.u16(b, at + UPDATE_MATCH + 2);
                int instructions = UPDATE_MATCH + (matchLength + 7 & ~7);
                if (matchLength < 4
                        || instructions > length
                        || !fields.read(b, at + UPDATE_MATCH + 4, matchLength - 4)) {
                    return "match of " + matchLength + " octets in a flow update of " + length;
                }
                match.clear();
                fields.write(match);
                into.add(new EncodedRule(
                        "",
                        Bytes.u8(b, at + UPDATE_TABLE),
                        Bytes.u16(b, at + UPDATE_PRIORITY),
                        Bytes.i64(b, at + UPDATE_COOKIE),
                        match.toArray(),
                        Arrays.copyOfRange(b, at + instructions, at + length),
                        0));
            }
            at += length;
        }
        return "";
    }
}
