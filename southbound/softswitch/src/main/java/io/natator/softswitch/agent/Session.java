package io.natator.softswitch.agent;

import io.natator.openflow.experimenter.ShareParts;
import io.natator.packet.Bytes;
import io.natator.softswitch.agent.codec.Bundle;
import io.natator.softswitch.agent.codec.Decoded;
import io.natator.softswitch.agent.codec.ErrorCode;
import io.natator.softswitch.agent.codec.EventEncoder;
import io.natator.softswitch.agent.codec.Message;
import io.natator.softswitch.agent.codec.MessageType;
import io.natator.softswitch.agent.codec.RequestDecoder;
import io.natator.softswitch.agent.codec.SwitchReplies;
import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Refusal;
import io.natator.softswitch.flow.Request;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One connection with a controller: HELLO, then whatever it asks. A message that is wrong is answered by an error and
 * never ends the connection. Times are nanoseconds of whatever clock the caller has.
 */
final class Session {
    private static final int TABLE_CONFIG_DEPRECATED = 3;
    private static final int QUEUE_PORT_OCTETS = 4;

    private final Connection connection;
    private final SwitchState state;
    private final AgentCounts counts;
    private final Requests requests;
    private final Errors errors;
    private final Changes changes;
    private final Bundles bundles;
    private final Sessions sessions;
    private final Multiparts multiparts;
    private final RequestDecoder decoder;

    private boolean up;
    private boolean closed;
    private Role role = Role.EQUAL;
    private AsyncMasks masks = AsyncMasks.DEFAULT;
    private int missSendLength = 128;
    private long heard;
    private long asked;

    Session(Connection connection, SwitchState state, Requests requests, RequestDecoder decoder, long now) {
        this.connection = connection;
        this.state = state;
        this.counts = state.counts();
        this.requests = requests;
        this.decoder = decoder;
        errors = new Errors(connection, counts);
        changes = new Changes(requests, errors);
        bundles = new Bundles(connection, requests, errors, decoder, counts);
        sessions = new Sessions(connection, requests, errors, counts, state.wall());
        multiparts = new Multiparts(connection, state, requests, errors, decoder, sessions);
        heard = now;
        asked = now;
    }

    Role role() {
        return role;
    }

    void role(Role now) {
        role = now;
    }

    /** True once the other side has said hello. */
    boolean isUp() {
        return up;
    }

    /** The connection stands: says hello. */
    void open() {
        state.opened(this);
        ByteBuf b = connection.buffer();
        Message.hello(b, 1);
        connection.send(b);
    }

    /** False while no more messages may be given to it; {@link Connection#resume} tells when they may again. */
    boolean ready() {
        return !closed && connection.writable() && !requests.full() && !multiparts.isDumping();
    }

    /** One whole message came: octets 0 to {@code length} of {@code b}, which is the caller's to use again. */
    void onMessage(byte[] b, int length, long now) {
        if (closed) {
            return;
        }
        counts.add(AgentCount.MESSAGES_IN);
        heard = now;
        int type = Bytes.u8(b, 1);
        if (!up) {
            hello(b, length, type);
            return;
        }
        if (Bytes.u8(b, 0) != Message.VERSION) {
            counts.add(AgentCount.MESSAGES_WRONG_VERSION);
            refuse(ErrorCode.REQUEST_BAD_VERSION.because("version " + Bytes.u8(b, 0)), b, length);
        } else if (RequestDecoder.isModification(type)) {
            modification(b, length, type);
        } else {
            changes.flush();
            other(b, length, type, Bytes.i32(b, 4));
        }
    }

    /** Nothing more has come for now. */
    void onReadComplete() {
        changes.flush();
    }

    private void hello(byte[] b, int length, int type) {
        if (type == MessageType.HELLO && Message.speaksOurVersion(b, length)) {
            up = true;
            state.roles().add(this);
            return;
        }
        if (type == MessageType.ERROR) {
            close("refused by the controller before it said hello");
            return;
        }
        counts.add(AgentCount.CONNECTIONS_VERSION_MISMATCH);
        refuse(ErrorCode.HELLO_INCOMPATIBLE.because("OpenFlow 1.3 only"), b, length);
        close("does not speak OpenFlow 1.3");
    }

    private void modification(byte[] b, int length, int type) {
        if (slave(b, length)) {
            return;
        }
        switch (decoder.modification(b, 0, length, type)) {
            case Decoded.Ok<Modification>(Modification change) -> {
                counts.add(AgentCount.CHANGES);
                changes.add(change, Errors.head(b, 0, length));
            }
            case Decoded.Refused<Modification>(Refusal refusal) -> refuse(refusal, b, length);
        }
    }

    private void other(byte[] b, int length, int type, int xid) {
        switch (type) {
            case MessageType.HELLO, MessageType.ERROR, MessageType.ECHO_REPLY -> {
                // that it came is all there is to know
            }
            case MessageType.ECHO_REQUEST ->
                reply(out -> Message.of(out, MessageType.ECHO_REPLY, xid, b, Message.HEADER, length));
            case MessageType.EXPERIMENTER -> experimenter(b, length);
            case MessageType.FEATURES_REQUEST ->
                reply(out -> SwitchReplies.features(
                        out, xid, state.datapathId(), state.profile().tables()));
            case MessageType.GET_CONFIG_REQUEST -> reply(out -> SwitchReplies.config(out, xid, missSendLength));
            case MessageType.SET_CONFIG -> setConfig(b, length);
            case MessageType.PACKET_OUT -> packetOut(b, length);
            case MessageType.TABLE_MOD -> tableMod(b, length);
            case MessageType.MULTIPART_REQUEST -> multiparts.onRequest(b, length, role == Role.SLAVE);
            case MessageType.BARRIER_REQUEST -> barrier(xid);
            case MessageType.QUEUE_GET_CONFIG_REQUEST -> queues(b, length, xid);
            case MessageType.ROLE_REQUEST -> role(b, length, xid);
            case MessageType.GET_ASYNC_REQUEST -> reply(out -> SwitchReplies.async(out, xid, masks.words()));
            case MessageType.SET_ASYNC -> setAsync(b, length);
            default -> refuse(ErrorCode.REQUEST_BAD_TYPE.because("type " + type), b, length);
        }
    }

    private void barrier(int xid) {
        requests.then(() -> {
            counts.add(AgentCount.BARRIERS);
            reply(out -> Message.empty(out, MessageType.BARRIER_REPLY, xid));
        });
    }

    private void experimenter(byte[] b, int length) {
        if (ShareParts.is(b, length) && state.translates()) {
            if (!slave(b, length)) {
                sessions.shares(b, length);
            }
            return;
        }
        if (!state.profile().bundles()) {
            refuse(ErrorCode.REQUEST_BAD_EXPERIMENTER.because("not an experimenter message that is known"), b, length);
            return;
        }
        switch (Bundle.read(b, length)) {
            case Bundle.Read.Control control -> {
                if (!slave(b, length)) {
                    bundles.control(control, Errors.head(b, 0, length));
                }
            }
            case Bundle.Read.Add add -> {
                if (!slave(b, length)) {
                    bundles.add(add, b, length);
                }
            }
            case Bundle.Read.Wrong(ErrorCode code) -> refuse(code.because("experimenter message"), b, length);
        }
    }

    private void setConfig(byte[] b, int length) {
        if (tooShort(b, length, Message.HEADER + 4)) {
            return;
        }
        if (Bytes.u16(b, Message.HEADER) != 0) {
            refuse(ErrorCode.CONFIG_BAD_FLAGS.because("fragments are never dropped or reassembled"), b, length);
        } else {
            missSendLength = Bytes.u16(b, Message.HEADER + 2);
        }
    }

    private void packetOut(byte[] b, int length) {
        if (slave(b, length)) {
            return;
        }
        switch (decoder.packetOut(b, length)) {
            case Decoded.Ok<Request.PacketOut>(Request.PacketOut out) -> {
                byte[] head = Errors.head(b, 0, length);
                requests.askOnce(out, reply -> errors.refusedBy(reply, head));
            }
            case Decoded.Refused<Request.PacketOut>(Refusal refusal) -> refuse(refusal, b, length);
        }
    }

    /** Since 1.3 a table-mod changes nothing; its two bits of old are taken and forgotten (section 7.3.3). */
    private void tableMod(byte[] b, int length) {
        if (slave(b, length) || tooShort(b, length, Message.HEADER + 8)) {
            return;
        }
        int table = Bytes.u8(b, Message.HEADER);
        if (table >= state.profile().tables() && table != 0xFF) {
            refuse(ErrorCode.TABLE_BAD_TABLE.because("table " + table), b, length);
        } else if ((Bytes.i32(b, Message.HEADER + 4) & ~TABLE_CONFIG_DEPRECATED) != 0) {
            refuse(ErrorCode.TABLE_BAD_CONFIG.because("table configuration"), b, length);
        }
    }

    private void queues(byte[] b, int length, int xid) {
        if (!tooShort(b, length, Message.HEADER + QUEUE_PORT_OCTETS)) {
            int port = Bytes.i32(b, Message.HEADER);
            reply(out -> SwitchReplies.queues(out, xid, port));
        }
    }

    private void role(byte[] b, int length, int xid) {
        if (tooShort(b, length, Message.HEADER + 16)) {
            return;
        }
        Optional<Role> wanted = Role.of(Bytes.i32(b, Message.HEADER));
        if (wanted.isEmpty()) {
            refuse(ErrorCode.ROLE_BAD.because("no such role"), b, length);
        } else if (state.roles().change(this, wanted.get(), Bytes.i64(b, Message.HEADER + 8))) {
            int now = role.number();
            reply(out -> SwitchReplies.role(out, xid, now, state.roles().generation()));
        } else {
            refuse(ErrorCode.ROLE_STALE.because("an older election"), b, length);
        }
    }

    private void setAsync(byte[] b, int length) {
        if (!tooShort(b, length, Message.HEADER + AsyncMasks.SIZE)) {
            masks = AsyncMasks.read(b, Message.HEADER);
        }
    }

    /** True if the message was refused because a slave may not send it. */
    private boolean slave(byte[] b, int length) {
        if (role == Role.SLAVE) {
            refuse(ErrorCode.REQUEST_IS_SLAVE.because("a slave"), b, length);
        }
        return role == Role.SLAVE;
    }

    private boolean tooShort(byte[] b, int length, int least) {
        if (length < least) {
            refuse(ErrorCode.REQUEST_BAD_LEN.because(length + " octets"), b, length);
        }
        return length < least;
    }

    private void refuse(Refusal refusal, byte[] b, int length) {
        errors.refused(refusal, Errors.head(b, 0, length));
    }

    private void reply(Consumer<ByteBuf> body) {
        ByteBuf b = connection.buffer();
        body.accept(b);
        connection.send(b);
    }

    /** Tells of an event, if the controller wants to hear it. */
    void tell(Event event) {
        if (!masks.wants(event, role == Role.SLAVE)) {
            if (event instanceof Event.PacketIn) {
                counts.add(AgentCount.PACKET_INS_NOT_WANTED);
            }
            return;
        }
        switch (event) {
            case Event.PacketIn in -> packetIn(in);
            case Event.FlowRemoved removed -> {
                counts.add(AgentCount.FLOW_REMOVED);
                reply(out -> EventEncoder.flowRemoved(out, removed));
            }
            case Event.PortStatus status -> {
                counts.add(AgentCount.PORT_STATUS);
                reply(out -> EventEncoder.portStatus(out, status));
            }
        }
    }

    /** The connection's own output is the queue of its packets: who does not read it loses packets, and nothing else. */
    private void packetIn(Event.PacketIn in) {
        if (!connection.writable()) {
            counts.add(AgentCount.PACKET_INS_DROPPED_CONTROLLER_SLOW);
            return;
        }
        counts.add(AgentCount.PACKET_INS);
        int most = in.reason() == Event.PacketInReason.INVALID_TTL ? missSendLength : 0xFFFF;
        reply(out -> EventEncoder.packetIn(out, in, most));
    }

    /** Time passed: asks for a sign of life, or gives up. */
    void tick(long now) {
        if (closed) {
            return;
        }
        if (now - heard >= state.silenceNanos()) {
            counts.add(AgentCount.CONNECTIONS_SILENT);
            close("silent for " + state.silenceNanos() / 1_000_000_000L + " s");
        } else if (up && now - Math.max(heard, asked) >= state.echoNanos()) {
            asked = now;
            reply(out -> Message.empty(out, MessageType.ECHO_REQUEST, 0));
        }
    }

    /** Ends the connection. */
    void close(String reason) {
        if (!closed) {
            closed(reason);
            connection.close();
        }
    }

    /** The connection is gone. */
    void closed(String reason) {
        if (!closed) {
            closed = true;
            changes.flush();
            requests.close();
            state.lost(this, connection, reason);
        }
    }
}
