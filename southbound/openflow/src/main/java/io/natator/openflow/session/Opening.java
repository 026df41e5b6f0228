package io.natator.openflow.session;

import io.natator.openflow.codec.AsyncConfig;
import io.natator.openflow.codec.Bundles;
import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.codec.FlowMods;
import io.natator.openflow.codec.Header;
import io.natator.openflow.codec.Messages;
import io.natator.openflow.codec.Multipart;
import io.natator.openflow.codec.Wire;
import io.netty.buffer.ByteBuf;
import org.projectfloodlight.openflow.protocol.OFDescStatsReply;
import org.projectfloodlight.openflow.protocol.OFFeaturesReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPortDescStatsReply;
import org.projectfloodlight.openflow.protocol.OFPortStatus;
import org.projectfloodlight.openflow.protocol.OFRoleReply;

/**
 * What is asked of a device before it is used: description, ports, tables, bundles, mastership. All questions go out at
 * once, with a barrier after them; questions that the device does not know are answered by errors and left open.
 */
final class Opening {
    private static final int DESCRIPTION = 0;
    private static final int PORTS = 1;
    private static final int TABLES = 2;
    private static final int BUNDLE_OPEN = 3;
    private static final int BUNDLE_DISCARD = 4;
    private static final int ROLE = 5;
    private static final int MASTER = 6;
    private static final int ASYNC = 7;
    private static final int CONFIG = 8;
    private static final int BARRIER = 9;

    private static final long NO_GENERATION = -1L;

    private final Conversation conversation;
    private final int firstXid;
    private final Discovery discovery;
    private boolean done;

    Opening(Conversation conversation, OFFeaturesReply features) {
        this.conversation = conversation;
        this.firstXid = conversation.xids().take(BARRIER + 1);
        this.discovery = new Discovery(conversation.version(), features);
    }

    void start() {
        ByteBuf b = conversation.buffer();
        Messages.descriptionRequest(b, conversation.version(), firstXid + DESCRIPTION);
        Messages.portsRequest(b, conversation.version(), firstXid + PORTS);
        Multipart.emptyRequest(b, conversation.version(), firstXid + TABLES, Wire.MP_TABLE_FEATURES);
        // no flag says that a switch has bundles: it is asked to open one, which is thrown away
        FlowMods.bundleControl(
                b, conversation.version(), firstXid + BUNDLE_OPEN, firstXid + BUNDLE_OPEN, Wire.BUNDLE_OPEN);
        FlowMods.bundleControl(
                b, conversation.version(), firstXid + BUNDLE_DISCARD, firstXid + BUNDLE_OPEN, Wire.BUNDLE_DISCARD);
        Messages.roleQuery(b, conversation.version(), firstXid + ROLE);
        conversation.send(b);
    }

    Discovery discovery() {
        return discovery;
    }

    /** True once the device has answered everything. */
    boolean isDone() {
        return done;
    }

    /** Takes what {@link #concerns}; returns what is wrong with it, or an empty string. */
    String onMessage(ByteBuf m) {
        if (Header.type(m) == Wire.PORT_STATUS) {
            return other(m);
        }
        return switch (Header.xid(m) - firstXid) {
            case TABLES -> tables(m);
            case BUNDLE_OPEN -> {
                if (Bundles.controlType(m) == Wire.BUNDLE_OPENED) {
                    discovery.hasBundles();
                }
                yield "";
            }
            case BUNDLE_DISCARD -> "";
            case BARRIER -> {
                done = Header.type(m) == Wire.BARRIER_REPLY;
                yield "";
            }
            default -> other(m);
        };
    }

    private String other(ByteBuf m) {
        return switch (Messages.read(m)) {
            case Messages.Reading.Undecodable(String reason) -> {
                goOn(Header.xid(m) - firstXid, 0);
                yield reason;
            }
            case Messages.Reading.Message(OFMessage message) -> {
                take(message);
                yield "";
            }
        };
    }

    private String tables(ByteBuf m) {
        return Multipart.type(m) == Wire.MP_TABLE_FEATURES
                ? Multipart.readTables(m, discovery.tables())
                : "not table features";
    }

    private void take(OFMessage message) {
        switch (message) {
            case OFDescStatsReply d -> discovery.description(d);
            case OFPortDescStatsReply p -> p.getEntries().forEach(discovery::port);
            // A port that comes or goes between the list of ports and the last answer is not told again.
            case OFPortStatus status -> discovery.port(status);
            case OFRoleReply r -> {
                if ((int) r.getXid() == firstXid + ROLE) {
                    goOn(ROLE, r.getGenerationId().getValue());
                }
            }
            default -> {
                // an answer to no question of ours
            }
        }
    }

    /** The role query is the last of the questions: then comes what depends on its answer. */
    private void goOn(int question, long generationSeen) {
        if (question != ROLE) {
            return;
        }
        ByteBuf b = conversation.buffer();
        long generation = generationSeen == NO_GENERATION ? 1 : generationSeen + 1;
        Messages.becomeMaster(b, conversation.version(), firstXid + MASTER, generation);
        AsyncConfig.write(b, conversation.version(), firstXid + ASYNC);
        Messages.setConfig(b, conversation.version(), firstXid + CONFIG);
        Messages.barrierRequest(b, conversation.version(), firstXid + BARRIER);
        conversation.send(b);
    }

    /** An error came; returns what it means, or an empty string if it can be lived with. */
    String onError(int xid, ErrorMessage error) {
        return switch (xid - firstXid) {
            case ROLE -> {
                // a device without roles (OpenFlow allows that for single-controller devices)
                ByteBuf b = conversation.buffer();
                Messages.setConfig(b, conversation.version(), firstXid + CONFIG);
                Messages.barrierRequest(b, conversation.version(), firstXid + BARRIER);
                conversation.send(b);
                yield "";
            }
            case MASTER -> "mastership refused: " + error;
            case BARRIER -> "barrier refused: " + error;
            default -> "";
        };
    }

    /** Answers to what was asked, and ports that come or go meanwhile. */
    boolean concerns(ByteBuf m) {
        return Header.type(m) == Wire.PORT_STATUS || concerns(Header.xid(m));
    }

    boolean concerns(int xid) {
        return xid - firstXid >= 0 && xid - firstXid <= BARRIER;
    }
}
