package io.natator.softswitch.agent;

import io.natator.packet.Bytes;
import io.natator.softswitch.agent.codec.Bundle;
import io.natator.softswitch.agent.codec.Decoded;
import io.natator.softswitch.agent.codec.ErrorCode;
import io.natator.softswitch.agent.codec.Message;
import io.natator.softswitch.agent.codec.RequestDecoder;
import io.natator.softswitch.agent.codec.SwitchReplies;
import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The open bundles of one connection (OpenFlow 1.4, section 7.3.9; ONF extension 230). A bundle is applied as one
 * transaction. One of which some message was refused when it was added is not applied either: whoever did not wait for
 * errors before the commit must not get half of it.
 */
final class Bundles {
    private static final int MOST_BUNDLES = 16;
    private static final int MOST_CHANGES = 1 << 18;
    private static final int ATOMIC_AND_ORDERED = 3;

    private final Connection connection;
    private final Requests requests;
    private final Errors errors;
    private final RequestDecoder decoder;
    private final AgentCounts counts;
    private final Map<Integer, Open> bundles = new HashMap<>();

    Bundles(Connection connection, Requests requests, Errors errors, RequestDecoder decoder, AgentCounts counts) {
        this.connection = connection;
        this.requests = requests;
        this.errors = errors;
        this.decoder = decoder;
        this.counts = counts;
    }

    private static final class Open {
        private final int flags;
        private final List<Modification> changes = new ArrayList<>();
        private final List<byte[]> heads = new ArrayList<>();
        private boolean closed;
        private boolean spoiled;

        Open(int flags) {
            this.flags = flags;
        }
    }

    void control(Bundle.Read.Control control, byte[] head) {
        Open bundle = bundles.get(control.id());
        if (control.type() == Bundle.OPEN_REQUEST) {
            open(control, bundle, head);
        } else if (bundle == null) {
            errors.refused(ErrorCode.BUNDLE_BAD_ID.because("no bundle " + control.id()), head);
        } else {
            switch (control.type()) {
                case Bundle.CLOSE_REQUEST -> {
                    bundle.closed = true;
                    reply(control, head);
                }
                case Bundle.COMMIT_REQUEST -> {
                    bundles.remove(control.id());
                    commit(control, bundle, head);
                }
                case Bundle.DISCARD_REQUEST -> {
                    bundles.remove(control.id());
                    reply(control, head);
                }
                default -> errors.refused(ErrorCode.BUNDLE_BAD_TYPE.because("bundle control " + control.type()), head);
            }
        }
    }

    private void open(Bundle.Read.Control control, Open bundle, byte[] head) {
        if (bundle != null) {
            bundles.remove(control.id());
            errors.refused(ErrorCode.BUNDLE_EXISTS.because("bundle " + control.id() + " is open"), head);
        } else if (create(control.id(), control.flags(), head) != null) {
            reply(control, head);
        }
    }

    /** Null if it was refused. */
    private Open create(int id, int flags, byte[] head) {
        if ((flags & ~ATOMIC_AND_ORDERED) != 0) {
            errors.refused(ErrorCode.BUNDLE_BAD_FLAGS.because("flags " + flags), head);
            return null;
        }
        if (bundles.size() == MOST_BUNDLES) {
            errors.refused(ErrorCode.BUNDLE_OUT_OF_BUNDLES.because("more than " + MOST_BUNDLES + " bundles"), head);
            return null;
        }
        Open bundle = new Open(flags);
        bundles.put(id, bundle);
        return bundle;
    }

    /** Adds the message within {@code b}; a bundle that is not open is opened by that. */
    void add(Bundle.Read.Add add, byte[] b, int length) {
        byte[] head = Errors.head(b, 0, length);
        Open bundle = bundles.get(add.id());
        if (bundle == null) {
            bundle = create(add.id(), add.flags(), head);
        }
        if (bundle == null) {
            return;
        }
        ErrorCode wrong = wrong(bundle, add, b, length);
        if (wrong != null) {
            bundle.spoiled = true;
            errors.refused(wrong.because("added to bundle " + add.id()), head);
            return;
        }
        int from = add.message();
        int to = from + Bytes.u16(b, from + 2);
        switch (decoder.modification(b, from, to, Bytes.u8(b, from + 1))) {
            case Decoded.Ok<Modification>(Modification change) -> {
                bundle.changes.add(change);
                bundle.heads.add(Errors.head(b, from, to));
            }
            case Decoded.Refused<Modification>(var refusal) -> {
                bundle.spoiled = true;
                errors.refused(refusal, head);
            }
        }
    }

    /** Null if nothing is wrong. */
    private static ErrorCode wrong(Open bundle, Bundle.Read.Add add, byte[] b, int length) {
        int from = add.message();
        int inner = Bytes.u16(b, from + 2);
        if (bundle.closed) {
            return ErrorCode.BUNDLE_CLOSED;
        }
        if (bundle.flags != add.flags()) {
            return ErrorCode.BUNDLE_BAD_FLAGS;
        }
        if (inner < Message.HEADER || from + inner > length) {
            return ErrorCode.BUNDLE_MSG_BAD_LEN;
        }
        if (Bytes.i32(b, from + 4) != Bytes.i32(b, 4)) {
            return ErrorCode.BUNDLE_MSG_BAD_XID;
        }
        if (Bytes.u8(b, from) != Message.VERSION || !RequestDecoder.isModification(Bytes.u8(b, from + 1))) {
            return ErrorCode.BUNDLE_MSG_UNSUPPORTED;
        }
        return bundle.changes.size() == MOST_CHANGES ? ErrorCode.BUNDLE_MSG_TOO_MANY : null;
    }

    private void commit(Bundle.Read.Control control, Open bundle, byte[] head) {
        if (bundle.spoiled) {
            counts.add(AgentCount.BUNDLES_FAILED);
            errors.refused(ErrorCode.BUNDLE_MSG_FAILED.because("a message of it was refused"), head);
            return;
        }
        counts.add(AgentCount.CHANGES, bundle.changes.size());
        requests.askOnce(new Request.Transaction(bundle.changes), reply -> {
            if (!(reply instanceof Reply.Done(List<Reply.Refused> refused)) || refused.isEmpty()) {
                counts.add(AgentCount.BUNDLES_COMMITTED);
                reply(control, head);
                return;
            }
            counts.add(AgentCount.BUNDLES_FAILED);
            refused.forEach(r -> errors.changeRefused(r.refusal(), bundle.heads.get(r.index())));
            errors.refused(ErrorCode.BUNDLE_MSG_FAILED.because("a change was refused"), head);
        });
    }

    /** Every OFPBCT_*_REPLY is its request's number plus one. */
    private void reply(Bundle.Read.Control control, byte[] head) {
        ByteBuf b = connection.buffer();
        SwitchReplies.bundle(b, Bytes.i32(head, 4), control.id(), control.type() + 1, control.flags());
        connection.send(b);
    }
}
