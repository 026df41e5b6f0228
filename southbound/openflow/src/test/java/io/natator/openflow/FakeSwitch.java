package io.natator.openflow;

import io.natator.openflow.codec.Framing;
import io.natator.openflow.codec.Header;
import io.natator.openflow.codec.Wire;
import io.natator.openflow.experimenter.SessionReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A switch of OpenFlow 1.3 that keeps a flow table and misbehaves as told. Bytes in, messages out; no sockets. Written
 * from the specification, with nothing of the code under test but numbers.
 */
final class FakeSwitch {
    /** Table, priority and match. */
    record Identity(int table, int priority, String match) {}

    /** Cookie and instructions. */
    record Entry(long cookie, byte[] match, byte[] instructions) {}

    private static final int FLOW_MOD_MATCH = 48;

    final long datapathId;
    final Map<Identity, Entry> flows = new LinkedHashMap<>();
    final List<Integer> types = new ArrayList<>();
    int flowMods;

    // misbehaviour
    boolean translates;
    String sharesRefused = "";
    /** All that was told of shares, part after part, and how many flow-mods had come by then. */
    final ByteBuf toldShares = Unpooled.buffer();

    int sharesBefore = -1;
    /** Answers to what is asked about sessions; null: none at all. */
    List<SessionReply> sessions = List.of();

    boolean getsPortMeanwhile;
    boolean silent;
    boolean answerBarriers = true;
    boolean losesLastPartOfDump;
    boolean forgetsRulesInDump;
    boolean endsDumpWithoutBody;
    boolean refusesDump;
    boolean echoesInItsOwnWords;
    boolean claimsTableFeatures = true;
    boolean setsInPort;
    int claimedCapacity = 1000;
    int realCapacity = Integer.MAX_VALUE;
    Predicate<byte[]> refuses = _ -> false;
    int refusalType = Wire.BAD_ACTION;
    int refusalCode = 13;
    long roleGeneration = -1;

    FakeSwitch(long datapathId) {
        this.datapathId = datapathId;
    }

    ByteBuf hello() {
        return message(Wire.HELLO, 1, Unpooled.EMPTY_BUFFER);
    }

    /** Answers to one message. */
    List<ByteBuf> receive(ByteBuf m) {
        int type = Header.type(m);
        int xid = Header.xid(m);
        types.add(type);
        if (silent) {
            return List.of();
        }
        return switch (type) {
            case Wire.ECHO_REQUEST -> List.of(message(Wire.ECHO_REPLY, xid, m.slice(8, m.readableBytes() - 8)));
            case Wire.FEATURES_REQUEST -> List.of(message(Wire.FEATURES_REPLY, xid, features()));
            case Wire.BARRIER_REQUEST ->
                answerBarriers ? List.of(message(Wire.BARRIER_REPLY, xid, Unpooled.EMPTY_BUFFER)) : List.of();
            case Wire.ROLE_REQUEST -> List.of(role(m, xid));
            case Wire.MULTIPART_REQUEST -> multipart(m, xid);
            case Wire.FLOW_MOD -> flowMod(m);
            case Wire.EXPERIMENTER ->
                translates && m.getInt(8) == Wire.NATATOR ? shares(m, xid) : List.of(error(Wire.BAD_REQUEST, 3, m));
            default -> List.of();
        };
    }

    private List<ByteBuf> shares(ByteBuf m, int xid) {
        sharesBefore = flowMods;
        toldShares.writeBytes(m, 24, m.readableBytes() - 24);
        if (sharesRefused.isEmpty()) {
            return List.of();
        }
        ByteBuf error = Unpooled.buffer().writeShort(0xFFFF).writeShort(1).writeInt(Wire.NATATOR);
        error.writeCharSequence(sharesRefused, StandardCharsets.UTF_8);
        return List.of(message(Wire.ERROR, xid, error));
    }

    private ByteBuf features() {
        return Unpooled.buffer()
                .writeLong(datapathId)
                .writeInt(0)
                .writeByte(4)
                .writeByte(0)
                .writeZero(2)
                .writeInt(1)
                .writeInt(0);
    }

    private ByteBuf role(ByteBuf m, int xid) {
        int role = m.getInt(8);
        if (role != 0) {
            roleGeneration = m.getLong(16);
        }
        return message(
                Wire.ROLE_REPLY,
                xid,
                Unpooled.buffer().writeInt(role).writeInt(0).writeLong(roleGeneration));
    }

    private List<ByteBuf> multipart(ByteBuf m, int xid) {
        int type = m.getUnsignedShort(8);
        return switch (type) {
            case Wire.MP_DESC ->
                List.of(part(type, xid, false, Unpooled.buffer().writeZero(1056)));
            case Wire.MP_PORT_DESC -> {
                ByteBuf none = part(type, xid, false, Unpooled.EMPTY_BUFFER);
                yield getsPortMeanwhile ? List.of(none, portAdded(5, "late")) : List.of(none);
            }
            case Wire.MP_TABLE_FEATURES ->
                claimsTableFeatures
                        ? List.of(part(type, xid, false, tableFeatures()))
                        : List.of(error(Wire.BAD_REQUEST, 2, m));
            case Wire.MP_FLOW -> dump(m, xid);
            case Wire.MP_AGGREGATE -> {
                ByteBuf body = Unpooled.buffer()
                        .writeLong(0)
                        .writeLong(0)
                        .writeInt(selected(m).size())
                        .writeInt(0);
                yield List.of(part(type, xid, false, body));
            }
            case Wire.MP_TABLE -> {
                ByteBuf body = Unpooled.buffer();
                Map<Integer, Integer> counts = new HashMap<>();
                flows.keySet().forEach(i -> counts.merge(i.table(), 1, Integer::sum));
                for (int table = 0; table < 4; table++) {
                    body.writeByte(table)
                            .writeZero(3)
                            .writeInt(counts.getOrDefault(table, 0))
                            .writeZero(16);
                }
                yield List.of(part(type, xid, false, body));
            }
            case Wire.MP_EXPERIMENTER -> {
                ByteBuf out = Unpooled.buffer();
                if (sessions != null && sessions.isEmpty()) {
                    yield List.of(error(Wire.BAD_REQUEST, 3, m));
                }
                if (sessions != null) {
                    sessions.getFirst().write(out, Wire.VERSION_13, xid, m.getInt(20));
                }
                List<ByteBuf> parts = new ArrayList<>();
                for (int length = Framing.next(out); length > 0; length = Framing.next(out)) {
                    parts.add(out.readSlice(length));
                }
                yield parts;
            }
            default -> List.of(error(Wire.BAD_REQUEST, 2, m));
        };
    }

    private static ByteBuf portAdded(int number, String name) {
        ByteBuf body = Unpooled.buffer().writeByte(0).writeZero(7);
        body.writeInt(number).writeZero(12);
        body.writeCharSequence(name, StandardCharsets.US_ASCII);
        return message(Wire.PORT_STATUS, 0, body.writeZero(72 - body.readableBytes()));
    }

    private ByteBuf tableFeatures() {
        ByteBuf body = Unpooled.buffer();
        for (int table = 0; table < 4; table++) {
            int length = 64 + (translates ? 24 : 0) + (setsInPort ? 8 : 0);
            body.writeShort(length).writeByte(table).writeZero(5).writeZero(32);
            body.writeLong(-1).writeLong(-1).writeInt(0).writeInt(claimedCapacity);
            if (translates) { // apply-actions: ours, with its id and subtype
                body.writeShort(6).writeShort(20).writeShort(0xFFFF).writeShort(16);
                body.writeInt(Wire.NATATOR).writeShort(1).writeZero(6).writeZero(4);
            }
            if (setsInPort) { // set-field of apply-actions: NXM_OF_IN_PORT
                body.writeShort(14).writeShort(8).writeInt(2);
            }
        }
        return body;
    }

    private List<ByteBuf> dump(ByteBuf m, int xid) {
        if (refusesDump) {
            return List.of(error(Wire.BAD_REQUEST, 5, m));
        }
        List<ByteBuf> parts = new ArrayList<>();
        List<Map.Entry<Identity, Entry>> selected = selected(m);
        if (forgetsRulesInDump && !selected.isEmpty()) {
            selected = selected.subList(0, selected.size() / 2);
        }
        ByteBuf body = Unpooled.buffer();
        for (Map.Entry<Identity, Entry> e : selected) {
            entry(body, e.getKey(), e.getValue());
            if (body.readableBytes() > 4000) {
                parts.add(part(Wire.MP_FLOW, xid, true, body));
                body = Unpooled.buffer();
            }
        }
        if (endsDumpWithoutBody) {
            body.writeShort(4000).writeZero(20); // an entry that is longer than the message
        }
        parts.add(part(Wire.MP_FLOW, xid, false, body));
        if (losesLastPartOfDump) {
            parts.removeLast();
        }
        return parts;
    }

    private List<Map.Entry<Identity, Entry>> selected(ByteBuf m) {
        int table = m.getUnsignedByte(16);
        long cookie = m.getLong(32);
        long mask = m.getLong(40);
        return flows.entrySet().stream()
                .filter(e -> table == 255 || table == e.getKey().table())
                .filter(e -> (e.getValue().cookie() & mask) == (cookie & mask))
                .toList();
    }

    private void entry(ByteBuf out, Identity identity, Entry entry) {
        int start = out.writerIndex();
        out.writeShort(0)
                .writeByte(identity.table())
                .writeZero(9)
                .writeShort(identity.priority())
                .writeZero(10);
        out.writeLong(entry.cookie()).writeLong(0).writeLong(0).writeBytes(entry.match());
        if (echoesInItsOwnWords) {
            out.writeShort(0xFFFF).writeShort(16).writeInt(0xCAFE).writeLong(entry.instructions().length);
        } else {
            out.writeBytes(entry.instructions());
        }
        out.setShort(start, out.writerIndex() - start);
    }

    private List<ByteBuf> flowMod(ByteBuf m) {
        int table = m.getUnsignedByte(24);
        int command = m.getUnsignedByte(25);
        int priority = m.getUnsignedShort(30);
        int matchLength = (m.getUnsignedShort(FLOW_MOD_MATCH + 2) + 7) & ~7;
        byte[] match = ByteBufUtil.getBytes(m, FLOW_MOD_MATCH, matchLength);
        byte[] instructions =
                ByteBufUtil.getBytes(m, FLOW_MOD_MATCH + matchLength, m.readableBytes() - FLOW_MOD_MATCH - matchLength);
        Identity identity = new Identity(table, priority, ByteBufUtil.hexDump(match));
        if (command == Wire.DELETE) {
            long mask = m.getLong(16);
            long cookie = m.getLong(8) & mask;
            flows.values().removeIf(e -> (e.cookie() & mask) == cookie);
            return List.of();
        }
        flowMods++;
        if (command == Wire.DELETE_STRICT) {
            Entry there = flows.get(identity);
            long mask = m.getLong(16);
            if (there != null && (there.cookie() & mask) == (m.getLong(8) & mask)) {
                flows.remove(identity);
            }
            return List.of();
        }
        if (refuses.test(instructions)) {
            return List.of(error(refusalType, refusalCode, m));
        }
        long inTable = flows.keySet().stream().filter(i -> i.table() == table).count();
        if (!flows.containsKey(identity) && inTable >= realCapacity) {
            return List.of(error(Wire.FLOW_MOD_FAILED, Wire.FLOW_MOD_TABLE_FULL, m));
        }
        flows.put(identity, new Entry(m.getLong(8), match, instructions));
        return List.of();
    }

    /** Deletes a rule behind the controller's back, and says so. */
    ByteBuf lose(Identity identity) {
        Entry entry = flows.remove(identity);
        ByteBuf body = Unpooled.buffer();
        body.writeLong(entry.cookie()).writeShort(identity.priority()).writeByte(Wire.REASON_DELETE);
        body.writeByte(identity.table()).writeZero(28).writeBytes(entry.match());
        return message(Wire.FLOW_REMOVED, 0, body);
    }

    static ByteBuf error(int type, int code, ByteBuf offending) {
        ByteBuf body = Unpooled.buffer().writeShort(type).writeShort(code);
        body.writeBytes(offending, offending.readerIndex(), Math.min(64, offending.readableBytes()));
        return message(Wire.ERROR, Header.xid(offending), body);
    }

    private static ByteBuf part(int type, int xid, boolean more, ByteBuf body) {
        ByteBuf all = Unpooled.buffer()
                .writeShort(type)
                .writeShort(more ? 1 : 0)
                .writeInt(0)
                .writeBytes(body);
        return message(Wire.MULTIPART_REPLY, xid, all);
    }

    static ByteBuf message(int type, int xid, ByteBuf body) {
        ByteBuf m = Unpooled.buffer();
        m.writeByte(Wire.VERSION_13)
                .writeByte(type)
                .writeShort(8 + body.readableBytes())
                .writeInt(xid);
        return m.writeBytes(body, body.readerIndex(), body.readableBytes());
    }
}
