package io.natator.core;

import io.natator.core.status.AnnouncementStatus;
import io.natator.core.status.DeviceStatus;
import io.natator.core.status.NeighborStatus;
import io.natator.core.status.PartStatus;
import io.natator.model.compile.Announcement;
import io.natator.model.intent.Device;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import io.natator.model.intent.Translation;
import io.natator.model.proof.ProbeCase;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleSet;
import io.natator.model.session.BindingRound;
import io.natator.model.session.Share;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/** What the core wants done. A step's effects are to be carried out in their order. */
public sealed interface Effect {
    /** To be remembered across restarts before anything after it is done: what a device is told to hold. */
    record RememberInstalled(long datapathId, String translation, Optional<Translation> current) implements Effect {}

    /** To be remembered across restarts: a next hop; empty: forget it. */
    record RememberNextHop(long datapathId, IpAddress address, Optional<MacAddress> mac) implements Effect {}

    /** To be forgotten: everything about a datapath. */
    record Forget(long datapathId) implements Effect {}

    /** {@link io.natator.model.southbound.Switches#devices}. */
    record Devices(List<Device> devices) implements Effect {}

    /** {@link io.natator.model.southbound.Speakers#neighbors}. */
    record Neighbors(List<Neighbor> neighbors) implements Effect {}

    /** {@link io.natator.model.southbound.Speakers#groups}. */
    record Groups(List<PeerGroup> groups) implements Effect {}

    /** {@link io.natator.model.southbound.Speakers#announce}. */
    record Announce(long generation, List<Announcement> announcements) implements Effect {}

    /** {@link io.natator.model.southbound.Speakers#change}. */
    record ChangeAnnouncements(long generation, List<Announcement> added, List<Announcement> removed)
            implements Effect {}

    /**
     * {@link io.natator.model.southbound.Switches#desire}.
     *
     * @param translations that the rules carry out, for {@link io.natator.model.southbound.Switches#translations}
     */
    record Desire(long datapathId, RuleSet rules, List<Translation> translations) implements Effect {}

    /** {@link io.natator.model.southbound.Sessions#shares}. */
    record Shares(long datapathId, List<Share> shares) implements Effect {}

    /** {@link io.natator.model.southbound.Switches#probe}. */
    record Probe(long datapathId, long nonce, ProbeCase probe) implements Effect {}

    /** {@link io.natator.model.southbound.Switches#resolve}. */
    record Resolve(long datapathId, IpAddress address) implements Effect {}

    /** {@link io.natator.model.southbound.Switches#readCounters}. */
    record ReadCounters(long datapathId, String owner) implements Effect {}

    /** {@link io.natator.model.southbound.Sessions#use}. */
    record ReadUse(long datapathId) implements Effect {}

    /** {@link io.natator.model.southbound.Switches#lease}. */
    record Lease(long datapathId, long id, List<Rule> rules, Duration time) implements Effect {}

    /** {@link io.natator.model.southbound.Switches#release}. */
    record Release(long datapathId, List<Long> ids) implements Effect {}

    /** {@link io.natator.model.southbound.Switches#readLeases}. */
    record ReadLeases(long datapathId, long number) implements Effect {}

    /** {@link io.natator.model.southbound.Sessions#bindings}. */
    record AskBindings(long datapathId, BindingRound round) implements Effect {}

    /** Where a translation stands on a device. */
    record PublishPart(PartStatus status) implements Effect {}

    /** A translation is no longer on a device. */
    record PartGone(String translation, String device) implements Effect {}

    /** Where a device stands. */
    record PublishDevice(DeviceStatus status) implements Effect {}

    /** A device is no longer known. */
    record DeviceGone(String device) implements Effect {}

    /**
     * Where a BGP session stands.
     *
     * @param dynamic nobody configured it: it called
     */
    record PublishNeighbor(Neighbor neighbor, boolean dynamic, NeighborStatus status) implements Effect {}

    /** A neighbour is no longer known. */
    record NeighborGone(String neighbor) implements Effect {}

    /** All that is announced, or would be. */
    record PublishAnnouncements(List<AnnouncementStatus> announcements) implements Effect {}

    /**
     * A line for the log.
     *
     * @param text {@code key=value} pairs
     */
    record Log(Level level, String text) implements Effect {}

    /** How much a log line matters. */
    enum Level {
        DEBUG,
        INFO,
        WARN
    }
}
