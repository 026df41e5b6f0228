package io.natator.softswitch.agent.codec;

import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Request;
import java.util.List;

/**
 * Reads what a controller asks of the datapath. Takes whole messages: octets from 0 to {@code length}, header
 * included, of which the caller has checked the header. Not for two threads at once.
 */
public final class RequestDecoder {
    private static final int HEADER = 8;
    private static final int MULTIPART_BODY = 16;
    private static final int NO_BUFFER = -1;
    /** Entries of multipart replies have 16 octets more than the message that made them. */
    private static final int LONGEST_TOLD = 0xFFFF - 32;

    private final Reader reader = new Reader();
    private final MatchDecoder matches;
    private final ActionDecoder actions;
    private final FlowModDecoder flows;
    private final StateModDecoder states;
    private final Profile profile;

    /** @param profile what is not in it is refused */
    public RequestDecoder(Profile profile) {
        this.profile = profile;
        matches = new MatchDecoder(profile);
        actions = new ActionDecoder(profile);
        flows = new FlowModDecoder(profile, matches, new InstructionDecoder(profile, actions));
        states = new StateModDecoder(profile, actions);
    }

    /** True for the messages that {@link #modification} reads. */
    public static boolean isModification(int type) {
        return type == MessageType.FLOW_MOD
                || type == MessageType.GROUP_MOD
                || type == MessageType.METER_MOD
                || type == MessageType.PORT_MOD;
    }

    /** Reads a flow-mod, group-mod, meter-mod or port-mod. */
    public Decoded<Modification> modification(byte[] b, int from, int to, int type) {
        Reader r = reader.over(b, from + HEADER, to);
        if (to - from > LONGEST_TOLD) {
            r.refuse(ErrorCode.REQUEST_BAD_LEN, "longer than a reply that tells of it could be");
            return r.result(null);
        }
        Modification change = switch (type) {
            case MessageType.FLOW_MOD -> flows.read(r);
            case MessageType.GROUP_MOD -> states.group(r);
            case MessageType.METER_MOD -> states.meter(r);
            case MessageType.PORT_MOD -> states.port(r);
            default -> {
                r.refuse(ErrorCode.REQUEST_BAD_TYPE, "type " + type + " changes nothing");
                yield null;
            }
        };
        return r.result(change);
    }

    /** Reads OFPT_PACKET_OUT (section 7.3.7). */
    public Decoded<Request.PacketOut> packetOut(byte[] b, int length) {
        Reader r = reader.over(b, HEADER, length);
        int buffer = r.i32();
        int inPort = r.i32();
        int actionsLength = r.u16();
        r.skip(6);
        if (buffer != NO_BUFFER) {
            r.refuse(ErrorCode.REQUEST_BUFFER_UNKNOWN, "this switch keeps no packets");
        }
        boolean reserved = Integer.compareUnsigned(inPort, Ports.MAX) > 0;
        if (inPort == 0 || (reserved && inPort != Ports.CONTROLLER && inPort != Ports.ANY)) {
            r.refuse(ErrorCode.REQUEST_BAD_PORT, "packet-out from port " + Integer.toUnsignedString(inPort));
        }
        if (actionsLength > r.left()) {
            r.refuse(ErrorCode.REQUEST_BAD_LEN, "actions of " + actionsLength + " octets");
        }
        int before = r.narrow(actionsLength);
        List<Action> list = actions.read(r, null, true);
        r.widen(before);
        r.cutShort(ErrorCode.REQUEST_BAD_LEN);
        byte[] frame = r.octets(r.left());
        if (r.ok() && frame.length < 14) {
            r.refuse(ErrorCode.REQUEST_BAD_PACKET, "a frame of " + frame.length + " octets");
        }
        return r.result(new Request.PacketOut(inPort, list, frame));
    }

    /** Reads the body of ofp_flow_stats_request and ofp_aggregate_stats_request (sections 7.3.5.2 and 7.3.5.3). */
    public Decoded<Request.Filter> filter(byte[] b, int length) {
        Reader r = reader.over(b, MULTIPART_BODY, length);
        int table = r.u8();
        r.skip(3);
        int outPort = r.i32();
        int outGroup = r.i32();
        r.skip(4);
        long cookie = r.i64();
        long cookieMask = r.i64();
        Match match = matches.read(r);
        if (table >= profile.tables() && table != Ports.TABLE_ALL) {
            r.refuse(ErrorCode.REQUEST_BAD_TABLE_ID, "table " + table + " of " + profile.tables());
        }
        return r.result(new Request.Filter(table, outPort, outGroup, cookie, cookieMask, match));
    }
}
