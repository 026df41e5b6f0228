package io.natator.softswitch.group;

import io.natator.softswitch.flow.Modification.Bucket;
import io.natator.softswitch.flow.Modification.GroupMod;
import io.natator.softswitch.flow.Modification.GroupType;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.program.ActionSet;
import io.natator.softswitch.program.Compiler;
import io.natator.softswitch.program.Program;
import java.util.ArrayList;
import java.util.List;

/** A group as it stands. A bucket's actions are done as an action set (OpenFlow 1.3.5, section 5.6). */
public final class Group {
    private final GroupMod mod;
    private final long installed;
    private final Program[] programs;
    private final long[] bucketPackets;
    private final long[] bucketBytes;
    private long packets;
    private long bytes;

    Group(GroupMod mod, long installed) {
        this.mod = mod;
        this.installed = installed;
        programs = mod.buckets().stream().map(Group::compile).toArray(Program[]::new);
        bucketPackets = new long[programs.length];
        bucketBytes = new long[programs.length];
    }

    private static Program compile(Bucket bucket) {
        ActionSet set = new ActionSet();
        bucket.actions().forEach(set::write);
        return Compiler.set(set);
    }

    public GroupType type() {
        return mod.type();
    }

    /** Number of buckets. */
    public int buckets() {
        return programs.length;
    }

    /** What bucket {@code i} does. */
    public Program program(int i) {
        return programs[i];
    }

    /** Counts a packet that came. */
    public void count(int octets) {
        packets++;
        bytes += octets;
    }

    /** Counts a packet that bucket {@code i} gets. */
    public void countBucket(int i, int octets) {
        bucketPackets[i]++;
        bucketBytes[i] += octets;
    }

    GroupMod mod() {
        return mod;
    }

    long installed() {
        return installed;
    }

    /** What bucket {@code i} watches is live, or it watches nothing. */
    boolean live(int i, Liveness liveness, int depth) {
        Bucket bucket = mod.buckets().get(i);
        if (bucket.watchPort() == Ports.ANY && bucket.watchGroup() == Ports.GROUP_ANY) {
            return true;
        }
        return (bucket.watchPort() != Ports.ANY && liveness.port(bucket.watchPort()))
                || (bucket.watchGroup() != Ports.GROUP_ANY && liveness.group(bucket.watchGroup(), depth));
    }

    long weight(int i) {
        return mod.buckets().get(i).weight() & 0xFFFFL;
    }

    Reply.Group describe(int references, long now) {
        List<Reply.BucketCount> counts = new ArrayList<>();
        for (int i = 0; i < programs.length; i++) {
            counts.add(new Reply.BucketCount(bucketPackets[i], bucketBytes[i]));
        }
        return new Reply.Group(mod, references, packets, bytes, now - installed, counts);
    }
}
