package io.natator.openflow.codec;

import io.netty.buffer.ByteBuf;

/**
 * Writes flow-mods (section 7.3.4.3; 1.3 and 1.4 differ in the importance field alone, which stays 0), and bundles around them (section
 * 7.3.9; in 1.3 as ONF extension 230). A flow-mod inside a bundle has the xid of the message that adds it.
 */
public final class FlowMods {
    private static final long EXACT_COOKIE = -1L;
    private static final int MATCH_HEADER = 4;
    private static final int OXM_MATCH = 1;

    private FlowMods() {}

    /** Adds {@code rule}, or replaces the one of the same identity; counters of that are kept. */
    public static void add(ByteBuf out, int version, int xid, EncodedRule rule) {
        int start = Header.begin(out, version, Wire.FLOW_MOD, xid);
        body(out, rule, Wire.ADD, 0, Wire.SEND_FLOW_REMOVED);
        out.writeBytes(rule.instructions());
        Header.end(out, start);
    }

    /** Deletes the rule of the same identity if it still has the very cookie of {@code rule}. */
    public static void delete(ByteBuf out, int version, int xid, EncodedRule rule) {
        int start = Header.begin(out, version, Wire.FLOW_MOD, xid);
        body(out, rule, Wire.DELETE_STRICT, EXACT_COOKIE, 0);
        Header.end(out, start);
    }

    /**
     * Adds {@code rule} with another cookie, or replaces the one of the same identity; it goes by itself.
     *
     * @param seconds after so many, used or not; 1 to 65,535
     */
    public static void lease(ByteBuf out, int version, int xid, EncodedRule rule, long cookie, int seconds) {
        int start = Header.begin(out, version, Wire.FLOW_MOD, xid);
        body(out, rule, cookie, Wire.ADD, 0, seconds, 0);
        out.writeBytes(rule.instructions());
        Header.end(out, start);
    }

    /** Deletes all rules whose cookie has the bits of {@code cookie} under {@code mask}, in all tables. */
    public static void deleteAll(ByteBuf out, int version, int xid, long cookie, long mask) {
        int start = Header.begin(out, version, Wire.FLOW_MOD, xid);
        EncodedRule any = new EncodedRule("", Wire.TABLE_ALL, 0, cookie, new byte[0], new byte[0], 0);
        body(out, any, cookie, Wire.DELETE, mask, 0, 0);
        Header.end(out, start);
    }

    private static void body(ByteBuf out, EncodedRule rule, int command, long cookieMask, int flags) {
        body(out, rule, rule.cookie(), command, cookieMask, 0, flags);
    }

    private static void body(
            ByteBuf out, EncodedRule rule, long cookie, int command, long cookieMask, int hard, int flags) {
        out.writeLong(cookie).writeLong(cookieMask);
        out.writeByte(rule.table()).writeByte(command);
        out.writeShort(0).writeShort(hard); // used or not
        out.writeShort(rule.priority()).writeInt(Wire.NO_BUFFER);
        out.writeInt(Wire.ANY).writeInt(Wire.ANY); // out_port and out_group do not narrow a delete
        out.writeShort(flags).writeShort(0);
        match(out, rule.match());
    }

    /** An OXM match with its header and padding (section 7.2.3). */
    static void match(ByteBuf out, byte[] tlvs) {
        int length = MATCH_HEADER + tlvs.length;
        out.writeShort(OXM_MATCH).writeShort(length).writeBytes(tlvs);
        out.writeZero(-length & 7);
    }

    /** Opens, commits or discards a bundle. */
    public static void bundleControl(ByteBuf out, int version, int xid, int bundle, int type) {
        int start = beginBundle(out, version, xid, Wire.BUNDLE_CONTROL, Wire.ONF_BUNDLE_CONTROL);
        out.writeInt(bundle).writeShort(type).writeShort(Wire.BUNDLE_FLAGS);
        Header.end(out, start);
    }

    /** Adds {@link #add} to an open bundle. */
    public static void bundleAdd(ByteBuf out, int version, int xid, int bundle, EncodedRule rule) {
        int start = beginBundleAdd(out, version, xid, bundle);
        add(out, version, xid, rule);
        Header.end(out, start);
    }

    /** Adds {@link #delete} to an open bundle. */
    public static void bundleDelete(ByteBuf out, int version, int xid, int bundle, EncodedRule rule) {
        int start = beginBundleAdd(out, version, xid, bundle);
        delete(out, version, xid, rule);
        Header.end(out, start);
    }

    private static int beginBundleAdd(ByteBuf out, int version, int xid, int bundle) {
        int start = beginBundle(out, version, xid, Wire.BUNDLE_ADD, Wire.ONF_BUNDLE_ADD);
        out.writeInt(bundle).writeShort(0).writeShort(Wire.BUNDLE_FLAGS);
        return start;
    }

    private static int beginBundle(ByteBuf out, int version, int xid, int type, int onfType) {
        if (version >= Wire.VERSION_14) {
            return Header.begin(out, version, type, xid);
        }
        int start = Header.begin(out, version, Wire.EXPERIMENTER, xid);
        out.writeInt(Wire.ONF).writeInt(onfType);
        return start;
    }
}
