package io.natator.openflow.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFControllerRole;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.DatapathId;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U64;

/** The messages of the handshake, by openflowj. */
public final class Messages {
    private static final Map<OFVersion, OFFactory> FACTORIES = new EnumMap<>(Map.of(
            OFVersion.OF_13, OFFactories.getFactory(OFVersion.OF_13),
            OFVersion.OF_14, OFFactories.getFactory(OFVersion.OF_14)));

    private Messages() {}

    /**
     * Loads openflowj's many classes by using them once. That takes most of a second, and a switch gives a controller
     * one second to say hello.
     */
    public static void load() {
        for (int version : new int[] {Wire.VERSION_13, Wire.VERSION_14}) {
            OFFactory factory = factory(version);
            ByteBuf b = Unpooled.buffer();
            descriptionRequest(b, version, 1);
            portsRequest(b, version, 1);
            featuresRequest(b, version, 1);
            echoRequest(b, version, 1);
            setConfig(b, version, 1);
            List<OFMessage> replies = List.of(
                    factory.buildFeaturesReply().setDatapathId(DatapathId.of(1)).build(),
                    factory.buildDescStatsReply().build(),
                    factory.buildRoleReply()
                            .setRole(OFControllerRole.ROLE_MASTER)
                            .build(),
                    factory.buildPortDescStatsReply()
                            .setEntries(List.of(factory.buildPortDesc()
                                    .setPortNo(OFPort.of(1))
                                    .build()))
                            .build());
            for (OFMessage reply : replies) {
                ByteBuf m = Unpooled.buffer();
                reply.writeTo(m);
                if (read(m) instanceof Reading.Undecodable(String reason)) {
                    throw new IllegalStateException("openflowj cannot read what it wrote: " + reason);
                }
            }
        }
    }

    /** What openflowj makes of a message. */
    public sealed interface Reading {
        record Message(OFMessage message) implements Reading {}

        /** @param reason in openflowj's words */
        record Undecodable(String reason) implements Reading {}
    }

    /** Decodes {@code m} without moving its reader index. One unknown detail makes openflowj refuse the whole message. */
    public static Reading read(ByteBuf m) {
        try {
            OFMessage message = OFFactories.getGenericReader().readFrom(m.duplicate());
            return message == null ? new Reading.Undecodable("cut short") : new Reading.Message(message);
        } catch (OFParseError | RuntimeException e) {
            // openflowj throws what it likes on bytes it does not know: IllegalArgument, IndexOutOfBounds, NullPointer
            return new Reading.Undecodable(String.valueOf(e.getMessage()));
        }
    }

    public static void featuresRequest(ByteBuf out, int version, int xid) {
        factory(version).buildFeaturesRequest().setXid(unsigned(xid)).build().writeTo(out);
    }

    public static void descriptionRequest(ByteBuf out, int version, int xid) {
        factory(version).buildDescStatsRequest().setXid(unsigned(xid)).build().writeTo(out);
    }

    public static void portsRequest(ByteBuf out, int version, int xid) {
        factory(version)
                .buildPortDescStatsRequest()
                .setXid(unsigned(xid))
                .build()
                .writeTo(out);
    }

    public static void barrierRequest(ByteBuf out, int version, int xid) {
        factory(version).buildBarrierRequest().setXid(unsigned(xid)).build().writeTo(out);
    }

    public static void echoRequest(ByteBuf out, int version, int xid) {
        factory(version).buildEchoRequest().setXid(unsigned(xid)).build().writeTo(out);
    }

    /** Answers {@code request} with its own data. */
    public static void echoReply(ByteBuf out, int version, ByteBuf request) {
        byte[] data = new byte[request.readableBytes() - Header.SIZE];
        request.getBytes(request.readerIndex() + Header.SIZE, data);
        factory(version)
                .buildEchoReply()
                .setXid(unsigned(Header.xid(request)))
                .setData(data)
                .build()
                .writeTo(out);
    }

    /** Asks for the role that this connection has, and the generation id that the device knows. */
    public static void roleQuery(ByteBuf out, int version, int xid) {
        role(out, version, xid, OFControllerRole.ROLE_NOCHANGE, 0);
    }

    /** Claims mastership. */
    public static void becomeMaster(ByteBuf out, int version, int xid, long generation) {
        role(out, version, xid, OFControllerRole.ROLE_MASTER, generation);
    }

    private static void role(ByteBuf out, int version, int xid, OFControllerRole role, long generation) {
        factory(version)
                .buildRoleRequest()
                .setXid(unsigned(xid))
                .setRole(role)
                .setGenerationId(U64.of(generation))
                .build()
                .writeTo(out);
    }

    /** Asks for whole packets instead of buffers, and leaves fragments alone. */
    public static void setConfig(ByteBuf out, int version, int xid) {
        factory(version)
                .buildSetConfig()
                .setXid(unsigned(xid))
                .setMissSendLen(Wire.WHOLE_PACKET)
                .build()
                .writeTo(out);
    }

    private static long unsigned(int xid) {
        return Integer.toUnsignedLong(xid);
    }

    private static OFFactory factory(int version) {
        return FACTORIES.get(version == Wire.VERSION_13 ? OFVersion.OF_13 : OFVersion.OF_14);
    }
}
