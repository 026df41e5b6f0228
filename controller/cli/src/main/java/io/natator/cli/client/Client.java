package io.natator.cli.client;

import io.grpc.ManagedChannel;
import io.natator.v1.AnnouncementsGrpc;
import io.natator.v1.AnnouncementsGrpc.AnnouncementsBlockingStub;
import io.natator.v1.DevicesGrpc;
import io.natator.v1.DevicesGrpc.DevicesBlockingStub;
import io.natator.v1.NeighborsGrpc;
import io.natator.v1.NeighborsGrpc.NeighborsBlockingStub;
import io.natator.v1.PeerGroupsGrpc;
import io.natator.v1.PeerGroupsGrpc.PeerGroupsBlockingStub;
import io.natator.v1.PlansGrpc;
import io.natator.v1.PlansGrpc.PlansBlockingStub;
import io.natator.v1.SessionsGrpc;
import io.natator.v1.SessionsGrpc.SessionsBlockingStub;
import io.natator.v1.TranslationsGrpc;
import io.natator.v1.TranslationsGrpc.TranslationsBlockingStub;
import java.time.Duration;

/**
 * Stubs of the API over one channel. A unary call ends after {@code timeout}; streams ({@code follow…}) have no limit.
 *
 * @param channel closed with this
 * @param address as the user named it, for messages
 * @param timeout of one unary call
 */
public record Client(ManagedChannel channel, String address, Duration timeout) implements AutoCloseable {

    public TranslationsBlockingStub translations() {
        return TranslationsGrpc.newBlockingStub(channel).withDeadlineAfter(timeout);
    }

    public DevicesBlockingStub devices() {
        return DevicesGrpc.newBlockingStub(channel).withDeadlineAfter(timeout);
    }

    public NeighborsBlockingStub neighbors() {
        return NeighborsGrpc.newBlockingStub(channel).withDeadlineAfter(timeout);
    }

    public PeerGroupsBlockingStub peerGroups() {
        return PeerGroupsGrpc.newBlockingStub(channel).withDeadlineAfter(timeout);
    }

    public AnnouncementsBlockingStub announcements() {
        return AnnouncementsGrpc.newBlockingStub(channel).withDeadlineAfter(timeout);
    }

    public PlansBlockingStub plans() {
        return PlansGrpc.newBlockingStub(channel).withDeadlineAfter(timeout);
    }

    public SessionsBlockingStub sessions() {
        return SessionsGrpc.newBlockingStub(channel).withDeadlineAfter(timeout);
    }

    /** Without a time limit. */
    public TranslationsBlockingStub followTranslations() {
        return TranslationsGrpc.newBlockingStub(channel);
    }

    /** Without a time limit. */
    public DevicesBlockingStub followDevices() {
        return DevicesGrpc.newBlockingStub(channel);
    }

    /** Without a time limit. */
    public NeighborsBlockingStub followNeighbors() {
        return NeighborsGrpc.newBlockingStub(channel);
    }

    /** Without a time limit. */
    public PeerGroupsBlockingStub followPeerGroups() {
        return PeerGroupsGrpc.newBlockingStub(channel);
    }

    /** Without a time limit. */
    public AnnouncementsBlockingStub followAnnouncements() {
        return AnnouncementsGrpc.newBlockingStub(channel);
    }

    /** Without a time limit. */
    public SessionsBlockingStub followSessions() {
        return SessionsGrpc.newBlockingStub(channel);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
