package io.natator.softswitch.agent;

import io.natator.openflow.experimenter.SessionRequest;
import io.natator.packet.Bytes;
import io.natator.softswitch.agent.codec.Decoded;
import io.natator.softswitch.agent.codec.ErrorCode;
import io.natator.softswitch.agent.codec.FlowReplies;
import io.natator.softswitch.agent.codec.Message;
import io.natator.softswitch.agent.codec.MessageType;
import io.natator.softswitch.agent.codec.RequestDecoder;
import io.natator.softswitch.agent.codec.StateReplies;
import io.natator.softswitch.agent.codec.SwitchReplies;
import io.natator.softswitch.agent.codec.TableFeaturesEncoder;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Answers multipart requests (section 7.3.5) of one connection. */
final class Multiparts {
    private static final int BODY = 16;
    private static final int MORE = 1;
    private static final int METER_ALL = 0xFFFFFFFF;

    private final Connection connection;
    private final SwitchState state;
    private final Requests requests;
    private final Errors errors;
    private final RequestDecoder decoder;
    private final Sessions sessions;
    private boolean dumping;

    Multiparts(
            Connection connection,
            SwitchState state,
            Requests requests,
            Errors errors,
            RequestDecoder decoder,
            Sessions sessions) {
        this.sessions = sessions;
        this.connection = connection;
        this.state = state;
        this.requests = requests;
        this.errors = errors;
        this.decoder = decoder;
    }

    /** True while rules are being told: one such dump at a time. */
    boolean isDumping() {
        return dumping;
    }

    void onRequest(byte[] b, int length, boolean slave) {
        if (length < BODY) {
            refuse(ErrorCode.REQUEST_BAD_LEN, b, length);
            return;
        }
        int xid = Bytes.i32(b, 4);
        int type = Bytes.u16(b, Message.HEADER);
        if ((Bytes.u16(b, Message.HEADER + 2) & MORE) != 0) {
            refuse(ErrorCode.REQUEST_MULTIPART_OVERFLOW, b, length);
            return;
        }
        switch (type) {
            case MessageType.MP_DESC -> send(out -> SwitchReplies.description(out, xid, state.description()));
            case MessageType.MP_FLOW -> filtered(b, length, filter -> flows(xid, filter));
            case MessageType.MP_AGGREGATE ->
                filtered(
                        b,
                        length,
                        filter -> ask(new Request.AggregateStats(filter), (out, reply) -> {
                            if (reply instanceof Reply.Aggregate aggregate) {
                                FlowReplies.aggregate(out, xid, aggregate);
                            }
                        }));
            case MessageType.MP_TABLE ->
                ask(new Request.TableStats(), (out, reply) -> {
                    if (reply instanceof Reply.Tables tables) {
                        FlowReplies.tables(out, xid, tables);
                    }
                });
            case MessageType.MP_PORT_STATS -> argument(b, length, port -> portStats(b, length, xid, port));
            case MessageType.MP_QUEUE -> queueStats(b, length, xid);
            case MessageType.MP_GROUP ->
                argument(b, length, group -> groups(group, (out, reply) -> StateReplies.groupStats(out, xid, reply)));
            case MessageType.MP_GROUP_DESC ->
                groups(Ports.GROUP_ALL, (out, reply) -> StateReplies.groupDescriptions(out, xid, reply));
            case MessageType.MP_GROUP_FEATURES -> send(out -> StateReplies.groupFeatures(out, xid, state.profile()));
            case MessageType.MP_METER ->
                argument(b, length, meter -> meters(meter, (out, reply) -> StateReplies.meterStats(out, xid, reply)));
            case MessageType.MP_METER_CONFIG ->
                argument(b, length, meter -> meters(meter, (out, reply) -> StateReplies.meterConfigs(out, xid, reply)));
            case MessageType.MP_METER_FEATURES -> send(out -> StateReplies.meterFeatures(out, xid, state.profile()));
            case MessageType.MP_TABLE_FEATURES -> tableFeatures(b, length, xid, slave);
            case MessageType.MP_PORT_DESC ->
                send(out -> StateReplies.ports(out, xid, state.datapath().ports()));
            case MessageType.MP_EXPERIMENTER -> {
                if (SessionRequest.is(b, length) && state.translates()) {
                    sessions.onRequest(b, length, slave);
                } else {
                    refuse(ErrorCode.REQUEST_BAD_EXPERIMENTER, b, length);
                }
            }
            default -> refuse(ErrorCode.REQUEST_BAD_MULTIPART, b, length);
        }
    }

    private void filtered(byte[] b, int length, Consumer<Request.Filter> then) {
        switch (decoder.filter(b, length)) {
            case Decoded.Ok<Request.Filter>(Request.Filter filter) -> then.accept(filter);
            case Decoded.Refused<Request.Filter>(var refusal) -> errors.refused(refusal, Errors.head(b, 0, length));
        }
    }

    private void flows(int xid, Request.Filter filter) {
        dumping = true;
        requests.ask(new Request.FlowStats(filter), reply -> {
            boolean last = !(reply instanceof Reply.Flows flows) || flows.last();
            dumping &= !last;
            if (reply instanceof Reply.Flows(List<Reply.Flow> flows, boolean _)) {
                send(out -> FlowReplies.flows(out, xid, flows, last));
            }
            return last;
        });
    }

    private void portStats(byte[] b, int length, int xid, int port) {
        byte[] head = Errors.head(b, 0, length);
        requests.askOnce(new Request.PortStats(), reply -> {
            if (reply instanceof Reply.PortStats(List<Reply.Port> all)) {
                List<Reply.Port> ports = all.stream()
                        .filter(p -> port == Ports.ANY || p.port() == port)
                        .toList();
                if (ports.isEmpty() && port != Ports.ANY) {
                    errors.refused(ErrorCode.REQUEST_BAD_PORT.because("no port " + port), head);
                } else {
                    send(out -> StateReplies.portStats(out, xid, ports));
                }
            }
        });
    }

    private void queueStats(byte[] b, int length, int xid) {
        if (length < BODY + 8) {
            refuse(ErrorCode.REQUEST_BAD_LEN, b, length);
            return;
        }
        int port = Bytes.i32(b, BODY);
        int queue = Bytes.i32(b, BODY + 4);
        ask(new Request.QueueStats(), (out, reply) -> {
            if (reply instanceof Reply.Queues(List<Reply.Queue> all)) {
                StateReplies.queueStats(
                        out,
                        xid,
                        all.stream()
                                .filter(q ->
                                        (port == Ports.ANY || q.port() == port) && (queue == -1 || q.queue() == queue))
                                .toList());
            }
        });
    }

    private void groups(int group, BiConsumer<ByteBuf, Reply.Groups> answer) {
        ask(new Request.GroupStats(one(group, Ports.GROUP_ALL)), (out, reply) -> {
            if (reply instanceof Reply.Groups groups) {
                answer.accept(out, groups);
            }
        });
    }

    private void meters(int meter, BiConsumer<ByteBuf, Reply.Meters> answer) {
        ask(new Request.MeterStats(one(meter, METER_ALL)), (out, reply) -> {
            if (reply instanceof Reply.Meters meters) {
                answer.accept(out, meters);
            }
        });
    }

    private static Optional<Integer> one(int number, int all) {
        return number == all ? Optional.empty() : Optional.of(number);
    }

    private void tableFeatures(byte[] b, int length, int xid, boolean slave) {
        if (length == BODY) {
            send(out -> TableFeaturesEncoder.write(out, xid, state.profile()));
        } else {
            refuse(slave ? ErrorCode.REQUEST_IS_SLAVE : ErrorCode.TABLE_FEATURES_EPERM, b, length);
        }
    }

    /** Requests that name one port, group or meter, or all of them, by their first 32 bits. */
    private void argument(byte[] b, int length, Consumer<Integer> then) {
        if (length < BODY + 4) {
            refuse(ErrorCode.REQUEST_BAD_LEN, b, length);
        } else {
            then.accept(Bytes.i32(b, BODY));
        }
    }

    private void ask(Request request, BiConsumer<ByteBuf, Reply> answer) {
        requests.askOnce(request, reply -> send(out -> answer.accept(out, reply)));
    }

    private void send(Consumer<ByteBuf> body) {
        ByteBuf b = connection.buffer();
        body.accept(b);
        connection.send(b);
    }

    private void refuse(ErrorCode code, byte[] b, int length) {
        errors.refused(code.because("multipart request"), Errors.head(b, 0, length));
    }
}
