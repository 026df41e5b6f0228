package io.natator.openflow.codec;

import io.natator.packet.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.StringJoiner;

/** Rules for people, as {@code ovs-ofctl} writes them. */
final class RuleText {
    private RuleText() {}

    static String of(EncodedRule rule) {
        StringJoiner text = new StringJoiner(",");
        text.add("table=" + rule.table()).add("priority=" + rule.priority());
        MatchFields fields = new MatchFields();
        if (fields.read(rule.match(), 0, rule.match().length)) {
            for (int i = 0; i < Field.count(); i++) {
                Field f = Field.at(i);
                if (fields.has(f)) {
                    text.add(f.text() + "=" + value(f, fields.high(f), fields.low(f)) + mask(f, fields));
                }
            }
            fields.unknown().forEach(tlv -> text.add("oxm:" + HexFormat.of().formatHex(tlv)));
        }
        return text + " actions=" + actions(rule.instructions());
    }

    private static String actions(byte[] b) {
        StringJoiner text = new StringJoiner(",");
        text.setEmptyValue("drop");
        for (int at = 0; at + 8 <= b.length; ) {
            int length = Math.max(8, Bytes.u16(b, at + 2));
            switch (Bytes.u16(b, at)) {
                case Wire.GOTO_TABLE -> text.add("goto_table:" + Bytes.u8(b, at + 4));
                case Wire.WRITE_METADATA -> text.add("write_metadata:0x" + Long.toHexString(Bytes.i64(b, at + 8)));
                case Wire.APPLY_ACTIONS -> {
                    for (int a = at + 8; a + 8 <= Math.min(b.length, at + length); ) {
                        text.add(action(b, a));
                        a += Math.max(8, Bytes.u16(b, a + 2));
                    }
                }
                default -> text.add("instruction " + Bytes.u16(b, at));
            }
            at += length;
        }
        return text.toString();
    }

    private static String action(byte[] b, int at) {
        return switch (Bytes.u16(b, at)) {
            case Wire.OUTPUT -> "output:" + port(Bytes.i32(b, at + 4));
            case Wire.DEC_TTL -> "dec_ttl";
            case Wire.SET_FIELD -> {
                Field f = Field.of(Bytes.i32(b, at + 4));
                MatchFields one = new MatchFields();
                yield f != null && one.read(b, at + 4, 4 + f.octets())
                        ? "set_field:" + value(f, one.high(f), one.low(f)) + "->" + f.text()
                        : "set_field";
            }
            case Wire.ACTION_EXPERIMENTER ->
                TranslateAction.read(b, at, Bytes.u16(b, at + 2))
                        .map(TranslateAction::toString)
                        .orElseGet(() -> nicira(b, at));
            default -> "action " + Bytes.u16(b, at);
        };
    }

    private static String nicira(byte[] b, int at) {
        if (at + 24 > b.length || Bytes.i32(b, at + 4) != Wire.NICIRA) {
            return "experimenter";
        }
        return switch (Bytes.u16(b, at + 8)) {
            case Wire.NX_REG_LOAD -> {
                int offset = Bytes.u16(b, at + 10) >>> 6;
                int last = offset + (Bytes.u16(b, at + 10) & 63);
                yield "load:0x" + Long.toHexString(Bytes.i64(b, at + 16)) + "->" + name(b, at + 12) + "[" + offset
                        + ".." + last + "]";
            }
            case Wire.NX_REG_MOVE -> "move:" + name(b, at + 16) + "[]->" + name(b, at + 20) + "[]";
            default -> "nicira " + Bytes.u16(b, at + 8);
        };
    }

    private static String name(byte[] b, int at) {
        Field f = Field.of(Bytes.i32(b, at));
        return f == null ? "0x" + Integer.toHexString(Bytes.i32(b, at)) : f.text();
    }

    private static String port(int port) {
        return switch (port) {
            case Wire.PORT_IN_PORT -> "IN_PORT";
            case Wire.PORT_NORMAL -> "NORMAL";
            case Wire.PORT_CONTROLLER -> "CONTROLLER";
            case Wire.PORT_LOCAL -> "LOCAL";
            default -> Integer.toUnsignedString(port);
        };
    }

    private static String mask(Field f, MatchFields fields) {
        if (fields.isExact(f)) {
            return "";
        }
        int length = Long.bitCount(fields.maskHigh(f)) + Long.bitCount(fields.maskLow(f));
        return switch (f.bits()) {
            case 32, 128 -> "/" + length;
            default -> "/" + value(f, fields.maskHigh(f), fields.maskLow(f));
        };
    }

    private static String value(Field f, long high, long low) {
        return switch (f) {
            case IPV4_SRC, IPV4_DST, ARP_SPA, ARP_TPA -> address(0, low, 4);
            case IPV6_SRC, IPV6_DST, ND_TARGET -> address(high, low, 16);
            case ETH_SRC, ETH_DST, ARP_SHA, ARP_THA ->
                HexFormat.ofDelimiter(":").formatHex(tail(0, low, 6));
            case METADATA, ETH_TYPE, VLAN_VID -> "0x" + Long.toHexString(low);
            default -> Long.toUnsignedString(low);
        };
    }

    private static String address(long high, long low, int octets) {
        try {
            return InetAddress.getByAddress(tail(high, low, octets)).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for lengths other than 4 and 16
        }
    }

    private static byte[] tail(long high, long low, int octets) {
        byte[] b = new byte[16];
        Bytes.put64(b, 0, high);
        Bytes.put64(b, 8, low);
        return java.util.Arrays.copyOfRange(b, 16 - octets, 16);
    }
}
