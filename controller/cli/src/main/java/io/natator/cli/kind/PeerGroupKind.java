package io.natator.cli.kind;

import com.google.common.collect.Iterators;
import com.google.protobuf.FieldMask;
import io.natator.cli.client.Client;
import io.natator.cli.output.Cell;
import io.natator.cli.output.Column;
import io.natator.cli.output.Details;
import io.natator.cli.output.Words;
import io.natator.v1.CreatePeerGroupRequest;
import io.natator.v1.DeletePeerGroupRequest;
import io.natator.v1.GetPeerGroupRequest;
import io.natator.v1.ListPeerGroupsRequest;
import io.natator.v1.ListPeerGroupsResponse;
import io.natator.v1.PeerGroup;
import io.natator.v1.Resource;
import io.natator.v1.UpdatePeerGroupRequest;
import io.natator.v1.WatchPeerGroupsRequest;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/** What BGP neighbours have in common. */
public final class PeerGroupKind implements EditableKind<PeerGroup> {

    @Override
    public String singular() {
        return "peergroup";
    }

    @Override
    public String plural() {
        return "peerGroups";
    }

    @Override
    public String shortName() {
        return "pg";
    }

    @Override
    public PeerGroup prototype() {
        return PeerGroup.getDefaultInstance();
    }

    @Override
    public PeerGroup get(Client client, String name) {
        return client.peerGroups()
                .getPeerGroup(GetPeerGroupRequest.newBuilder().setName(name).build());
    }

    @Override
    public Page<PeerGroup> list(Client client, String token) {
        ListPeerGroupsResponse page = client.peerGroups()
                .listPeerGroups(
                        ListPeerGroupsRequest.newBuilder().setPageToken(token).build());
        return new Page<>(page.getPeerGroupsList(), page.getNextPageToken());
    }

    @Override
    public Iterator<Change<PeerGroup>> watch(Client client, String name) {
        WatchPeerGroupsRequest request =
                WatchPeerGroupsRequest.newBuilder().setName(name).build();
        return Iterators.transform(
                client.followPeerGroups().watchPeerGroups(request),
                response -> new Change<>(response.getType(), response.getPeerGroup(), response));
    }

    @Override
    public PeerGroup create(Client client, PeerGroup group, boolean validateOnly) {
        return client.peerGroups()
                .createPeerGroup(CreatePeerGroupRequest.newBuilder()
                        .setPeerGroupId(Words.id(group.getName()))
                        .setPeerGroup(group)
                        .setValidateOnly(validateOnly)
                        .build());
    }

    @Override
    public PeerGroup update(Client client, PeerGroup group, FieldMask mask, boolean validateOnly) {
        UpdatePeerGroupRequest.Builder request =
                UpdatePeerGroupRequest.newBuilder().setPeerGroup(group).setValidateOnly(validateOnly);
        if (mask.getPathsCount() > 0) {
            request.setUpdateMask(mask);
        }
        return client.peerGroups().updatePeerGroup(request.build());
    }

    @Override
    public void delete(Client client, String name, boolean validateOnly) {
        var _ = client.peerGroups()
                .deletePeerGroup(DeletePeerGroupRequest.newBuilder()
                        .setName(name)
                        .setValidateOnly(validateOnly)
                        .build());
    }

    @Override
    public Resource toResource(PeerGroup group) {
        return Resource.newBuilder().setPeerGroup(group).build();
    }

    @Override
    public List<Column<PeerGroup>> columns() {
        return List.of(
                Column.of("NAME", (g, _) -> Cell.of(Words.id(g.getName()))),
                Column.of("LOCAL-AS", (g, _) -> Cell.of(as(g.getLocalAs()))),
                Column.of("PEER-AS", (g, _) -> Cell.of(as(g.getPeerAs()))),
                Column.of("DYNAMIC", (g, _) -> Cell.of(String.join(" ", g.getDynamicPrefixesList()))),
                Column.of("AGE", (g, now) -> Cell.of(Words.age(g.getCreateTime(), now))));
    }

    private static String as(int number) {
        return number == 0 ? "" : Integer.toUnsignedString(number);
    }

    @Override
    public void describe(PeerGroup group, Details details, Instant now) {
        details.value("Name", group.getName());
        details.value("Description", group.getDescription());
        details.values("Dynamic", group.getDynamicPrefixesList());
        if (group.getDynamicPrefixesCount() > 0) {
            details.value("At most", Words.count(group.getMaxDynamic(), "dynamic neighbor"));
        }
        details.value("Local AS", as(group.getLocalAs()));
        details.value("Peer AS", as(group.getPeerAs()));
        Settings.describe(group, details);
        details.value("Created", Words.moment(group.getCreateTime(), now));
        details.value("Updated", Words.moment(group.getUpdateTime(), now));
        details.value("Etag", group.getEtag());
    }
}
