package io.natator.softswitch.agent.codec;

import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Modification.Band;
import io.natator.softswitch.flow.Modification.Bucket;
import io.natator.softswitch.flow.Modification.Command;
import io.natator.softswitch.flow.Modification.GroupMod;
import io.natator.softswitch.flow.Modification.GroupType;
import io.natator.softswitch.flow.Modification.MeterMod;
import io.natator.softswitch.flow.Modification.PortMod;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Profile;
import java.util.ArrayList;
import java.util.List;

/** Reads OFPT_GROUP_MOD, OFPT_METER_MOD and OFPT_PORT_MOD (sections 7.3.4.2 to 7.3.4.4), behind their headers. */
final class StateModDecoder {
    private static final int BUCKET = 16;
    private static final int BAND = 12;
    private static final int BAND_DROP = 1;
    private static final int BAND_REMARK = 2;
    private static final int METER_FLAGS = 0xF;
    private static final int METER_KBPS_AND_PKTPS = 3;
    private static final GroupType[] GROUP_TYPES = GroupType.values();
    private static final Command[] COMMANDS = Command.values();

    private final Profile profile;
    private final ActionDecoder actions;

    StateModDecoder(Profile profile, ActionDecoder actions) {
        this.profile = profile;
        this.actions = actions;
    }

    Modification group(Reader r) {
        int command = r.u16();
        int type = r.u8();
        r.skip(1);
        int group = r.i32();
        if (profile.groups() == 0) {
            r.refuse(ErrorCode.REQUEST_BAD_TYPE, "no groups");
            return null;
        }
        if (command >= COMMANDS.length) {
            r.refuse(ErrorCode.GROUP_BAD_COMMAND, "command " + command);
            return null;
        }
        if (type >= GROUP_TYPES.length) {
            r.refuse(ErrorCode.GROUP_BAD_TYPE, "type " + type);
            return null;
        }
        boolean delete = COMMANDS[command] == Command.DELETE;
        if (Integer.compareUnsigned(group, Ports.MAX) > 0 && !(delete && group == Ports.GROUP_ALL)) {
            r.refuse(ErrorCode.GROUP_INVALID, "group " + Integer.toUnsignedString(group));
            return null;
        }
        List<Bucket> buckets = new ArrayList<>();
        while (r.left() > 0) {
            bucket(r, buckets);
        }
        if (GROUP_TYPES[type] == GroupType.INDIRECT && !delete && buckets.size() != 1) {
            r.refuse(ErrorCode.GROUP_INVALID, "an indirect group of " + buckets.size() + " buckets");
        }
        return new GroupMod(COMMANDS[command], GROUP_TYPES[type], group, buckets);
    }

    private void bucket(Reader r, List<Bucket> into) {
        r.cutShort(ErrorCode.GROUP_BAD_BUCKET);
        int length = r.u16();
        if (length < BUCKET || (length & 7) != 0 || length - 2 > r.left()) {
            r.refuse(ErrorCode.GROUP_BAD_BUCKET, "bucket of " + length + " octets");
            return;
        }
        int before = r.narrow(length - 2);
        int weight = r.u16();
        int watchPort = r.i32();
        int watchGroup = r.i32();
        r.skip(4);
        into.add(new Bucket(weight, watchPort, watchGroup, actions.read(r, null, false)));
        r.widen(before);
    }

    Modification meter(Reader r) {
        int command = r.u16();
        int flags = r.u16();
        int meter = r.i32();
        if (profile.meters() == 0) {
            r.refuse(ErrorCode.REQUEST_BAD_TYPE, "no meters");
            return null;
        }
        if (command >= COMMANDS.length) {
            r.refuse(ErrorCode.METER_BAD_COMMAND, "command " + command);
            return null;
        }
        if ((flags & ~METER_FLAGS) != 0 || (flags & METER_KBPS_AND_PKTPS) == METER_KBPS_AND_PKTPS) {
            r.refuse(ErrorCode.METER_BAD_FLAGS, "flags " + flags);
            return null;
        }
        List<Band> bands = new ArrayList<>();
        while (r.left() > 0) {
            band(r, bands);
        }
        return new MeterMod(COMMANDS[command], flags, meter, bands);
    }

    private static void band(Reader r, List<Band> into) {
        int type = r.u16();
        int length = r.u16();
        if (length < BAND || length - 4 > r.left()) {
            r.refuse(ErrorCode.REQUEST_BAD_LEN, "band of " + length + " octets");
            return;
        }
        int before = r.narrow(length - 4);
        long rate = r.u32();
        long burst = r.u32();
        switch (type) {
            case BAND_DROP -> into.add(new Band.Drop(rate, burst));
            case BAND_REMARK -> into.add(new Band.DscpRemark(rate, burst, r.u8()));
            default -> r.refuse(ErrorCode.METER_BAD_BAND, "band of type " + type);
        }
        r.widen(before);
    }

    Modification port(Reader r) {
        int port = r.i32();
        r.skip(4);
        long hardwareAddress = r.u48();
        r.skip(2);
        int config = r.i32();
        int mask = r.i32();
        int advertise = r.i32();
        r.skip(4);
        return new PortMod(port, hardwareAddress, config, mask, advertise);
    }
}
