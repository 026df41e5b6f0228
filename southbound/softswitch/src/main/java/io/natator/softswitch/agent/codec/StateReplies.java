package io.natator.softswitch.agent.codec;

import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Modification.Band;
import io.natator.softswitch.flow.Modification.Bucket;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.io.PortCounters;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Writes what is told of ports, groups and meters (sections 7.3.5.6 to 7.3.5.16). */
public final class StateReplies {
    private static final long UNKNOWN = -1;
    private static final int ALL_GROUP_TYPES = 0xF;
    private static final int GROUP_CAPABILITIES = 0x7; // SELECT_WEIGHT, SELECT_LIVENESS, CHAINING
    private static final int BANDS_DROP_AND_REMARK = 0x6;
    private static final int METER_CAPABILITIES = 0xF;

    private StateReplies() {}

    public static void ports(ByteBuf out, int xid, List<Event.PortDescription> ports) {
        Parts parts = new Parts(out, xid, MessageType.MP_PORT_DESC);
        for (Event.PortDescription port : ports) {
            EventEncoder.port(parts.entry(), port);
            parts.done();
        }
        parts.end(false);
    }

    /** All that was lost counts as dropped: interfaces tell no errors. */
    public static void portStats(ByteBuf out, int xid, List<Reply.Port> ports) {
        Parts parts = new Parts(out, xid, MessageType.MP_PORT_STATS);
        for (Reply.Port port : ports) {
            PortCounters c = port.counters();
            ByteBuf b = parts.entry();
            b.writeInt(port.port()).writeInt(0);
            b.writeLong(c.rxPackets()).writeLong(c.txPackets());
            b.writeLong(c.rxBytes()).writeLong(c.txBytes());
            b.writeLong(c.rxRingFull() + c.rxTruncated()).writeLong(c.txTooLong() + c.txRefused() + c.txDown());
            b.writeLong(0).writeLong(0);
            b.writeLong(UNKNOWN).writeLong(c.rxRingFull()).writeLong(UNKNOWN).writeLong(UNKNOWN);
            EventEncoder.duration(b, port.ageNanos());
            parts.done();
        }
        parts.end(false);
    }

    /** OFPMP_QUEUE. */
    public static void queueStats(ByteBuf out, int xid, List<Reply.Queue> queues) {
        Parts parts = new Parts(out, xid, MessageType.MP_QUEUE);
        for (Reply.Queue queue : queues) {
            ByteBuf b = parts.entry().writeInt(queue.port()).writeInt(queue.queue());
            b.writeLong(queue.bytes()).writeLong(queue.packets()).writeLong(queue.errors());
            EventEncoder.duration(b, queue.ageNanos());
            parts.done();
        }
        parts.end(false);
    }

    public static void groupStats(ByteBuf out, int xid, Reply.Groups groups) {
        Parts parts = new Parts(out, xid, MessageType.MP_GROUP);
        for (Reply.Group group : groups.groups()) {
            ByteBuf b = parts.entry();
            int start = b.writerIndex();
            b.writeInt(0)
                    .writeInt(group.group().group())
                    .writeInt(group.references())
                    .writeInt(0);
            b.writeLong(group.packets()).writeLong(group.bytes());
            EventEncoder.duration(b, group.ageNanos());
            counts(b, group.buckets());
            b.setShort(start, b.writerIndex() - start);
            parts.done();
        }
        parts.end(false);
    }

    private static void counts(ByteBuf b, List<Reply.BucketCount> counts) {
        counts.forEach(count -> b.writeLong(count.packets()).writeLong(count.bytes()));
    }

    public static void groupDescriptions(ByteBuf out, int xid, Reply.Groups groups) {
        Parts parts = new Parts(out, xid, MessageType.MP_GROUP_DESC);
        for (Reply.Group group : groups.groups()) {
            ByteBuf b = parts.entry();
            int start = b.writerIndex();
            b.writeShort(0)
                    .writeByte(groupType(group))
                    .writeByte(0)
                    .writeInt(group.group().group());
            for (Bucket bucket : group.group().buckets()) {
                int at = b.writerIndex();
                b.writeShort(0).writeShort(bucket.weight());
                b.writeInt(bucket.watchPort()).writeInt(bucket.watchGroup()).writeInt(0);
                ActionEncoder.write(b, bucket.actions());
                b.setShort(at, b.writerIndex() - at);
            }
            b.setShort(start, b.writerIndex() - start);
            parts.done();
        }
        parts.end(false);
    }

    private static int groupType(Reply.Group group) {
        return switch (group.group().type()) {
            case ALL -> 0;
            case SELECT -> 1;
            case INDIRECT -> 2;
            case FAST_FAILOVER -> 3;
        };
    }

    /** OFPMP_GROUP_FEATURES. */
    public static void groupFeatures(ByteBuf out, int xid, Profile profile) {
        Parts parts = new Parts(out, xid, MessageType.MP_GROUP_FEATURES);
        ByteBuf b = parts.entry()
                .writeInt(profile.groups() > 0 ? ALL_GROUP_TYPES : 0)
                .writeInt(GROUP_CAPABILITIES);
        for (int type = 0; type < 4; type++) {
            b.writeInt(profile.groups());
        }
        for (int type = 0; type < 4; type++) {
            b.writeInt(TableFeaturesEncoder.actionBits(profile));
        }
        parts.end(false);
    }

    public static void meterStats(ByteBuf out, int xid, Reply.Meters meters) {
        Parts parts = new Parts(out, xid, MessageType.MP_METER);
        for (Reply.Meter meter : meters.meters()) {
            ByteBuf b = parts.entry();
            int start = b.writerIndex();
            b.writeInt(meter.meter().meter()).writeShort(0).writeZero(6).writeInt(meter.references());
            b.writeLong(meter.packets()).writeLong(meter.bytes());
            EventEncoder.duration(b, meter.ageNanos());
            counts(b, meter.bands());
            b.setShort(start + 4, b.writerIndex() - start);
            parts.done();
        }
        parts.end(false);
    }

    public static void meterConfigs(ByteBuf out, int xid, Reply.Meters meters) {
        Parts parts = new Parts(out, xid, MessageType.MP_METER_CONFIG);
        for (Reply.Meter meter : meters.meters()) {
            ByteBuf b = parts.entry();
            int start = b.writerIndex();
            b.writeShort(0)
                    .writeShort(meter.meter().flags())
                    .writeInt(meter.meter().meter());
            meter.meter().bands().forEach(band -> band(b, band));
            b.setShort(start, b.writerIndex() - start);
            parts.done();
        }
        parts.end(false);
    }

    private static void band(ByteBuf b, Band band) {
        b.writeShort(band instanceof Band.Drop ? 1 : 2)
                .writeShort(16)
                .writeInt((int) band.rate())
                .writeInt((int) band.burst());
        switch (band) {
            case Band.Drop _ -> b.writeInt(0);
            case Band.DscpRemark remark -> b.writeByte(remark.precedenceLevel()).writeZero(3);
        }
    }

    /** OFPMP_METER_FEATURES. */
    public static void meterFeatures(ByteBuf out, int xid, Profile profile) {
        boolean can = profile.meters() > 0;
        Parts parts = new Parts(out, xid, MessageType.MP_METER_FEATURES);
        ByteBuf b = parts.entry();
        b.writeInt(profile.meters()).writeInt(can ? BANDS_DROP_AND_REMARK : 0).writeInt(can ? METER_CAPABILITIES : 0);
        b.writeByte(can ? 255 : 0).writeByte(0).writeShort(0);
        parts.end(false);
    }
}
