package io.natator.openflow.session;

import io.natator.model.device.Capabilities;
import io.natator.openflow.codec.AsyncConfig;
import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.codec.Header;
import io.natator.openflow.codec.Messages;
import io.natator.openflow.codec.Multipart;
import io.natator.openflow.codec.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.projectfloodlight.openflow.protocol.OFDescStatsReply;
import org.projectfloodlight.openflow.protocol.OFFeaturesReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPortDescStatsReply;
import org.projectfloodlight.openflow.protocol.OFRoleReply;

/**
 * What is asked of a device before it is used: description, ports, tables, mastership. All questions go out at once,
 * with a barrier after them; questions that the device does not know are answered by errors and left open.
 */
final class Opening {
    private static final int DESCRIPTION = 0;
    private static final int PORTS = 1;
    private static final int TABLES = 2;
    private static final int ROLE = 3;
    private static final int MASTER = 4;
    private static final int ASYNC = 5;
    private static final int CONFIG = 6;
    private static final int BARRIER = 7;

    private static final long NO_GENERATION = -1L;

    private final int version;
    private final Link link;
    private final int firstXid;
    private final Discovery discovery;
    private boolean done;

    Opening(int version, OFFeaturesReply features, Link link, Xids xids) {
        this.version = version;
        this.link = link;
        this.firstXid = xids.take(8);
        this.discovery = new Discovery(version, features);
    }

    void start() {
        ByteBuf b = link.buffer();
        Messages.descriptionRequest(b, version, firstXid + DESCRIPTION);
        Messages.portsRequest(b, version, firstXid + PORTS);
        Multipart.emptyRequest(b, version, firstXid + TABLES, Wire.MP_TABLE_FEATURES);
        Messages.roleQuery(b, version, firstXid + ROLE);
        link.send(b);
    }

    Discovery discovery() {
        return discovery;
    }

    /** What the device can do, once it has answered everything. */
    Optional<Capabilities> result() {
        return done ? Optional.of(discovery.capabilities()) : Optional.empty();
    }

    /** Takes an answer; returns what is wrong with it, or an empty string. */
    String onMessage(ByteBuf m) {
        return switch (Header.xid(m) - firstXid) {
            case TABLES -> tables(m);
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
        ByteBuf b = link.buffer();
        long generation = generationSeen == NO_GENERATION ? 1 : generationSeen + 1;
        Messages.becomeMaster(b, version, firstXid + MASTER, generation);
        AsyncConfig.write(b, version, firstXid + ASYNC);
        Messages.setConfig(b, version, firstXid + CONFIG);
        Messages.barrierRequest(b, version, firstXid + BARRIER);
        link.send(b);
    }

    /** An error came; returns what it means, or an empty string if it can be lived with. */
    String onError(int xid, ErrorMessage error) {
        return switch (xid - firstXid) {
            case ROLE -> {
                // a device without roles (OpenFlow allows that for single-controller devices)
                ByteBuf b = link.buffer();
                Messages.setConfig(b, version, firstXid + CONFIG);
                Messages.barrierRequest(b, version, firstXid + BARRIER);
                link.send(b);
                yield "";
            }
            case MASTER -> "mastership refused: " + error;
            case BARRIER -> "barrier refused: " + error;
            default -> "";
        };
    }

    boolean concerns(int xid) {
        return xid - firstXid >= 0 && xid - firstXid <= BARRIER;
    }
}
