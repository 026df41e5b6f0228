package io.natator.cli.kind;

import com.google.common.collect.Iterators;
import com.google.protobuf.FieldMask;
import io.natator.cli.client.Client;
import io.natator.cli.output.Cell;
import io.natator.cli.output.Column;
import io.natator.cli.output.Details;
import io.natator.cli.output.Style;
import io.natator.cli.output.Words;
import io.natator.v1.CreateNeighborRequest;
import io.natator.v1.DeleteNeighborRequest;
import io.natator.v1.GetNeighborRequest;
import io.natator.v1.ListNeighborsRequest;
import io.natator.v1.ListNeighborsResponse;
import io.natator.v1.Neighbor;
import io.natator.v1.Neighbor.SessionState;
import io.natator.v1.Resource;
import io.natator.v1.UpdateNeighborRequest;
import io.natator.v1.WatchNeighborsRequest;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/** BGP neighbours. */
public final class NeighborKind implements EditableKind<Neighbor> {

    @Override
    public String singular() {
        return "neighbor";
    }

    @Override
    public String plural() {
        return "neighbors";
    }

    @Override
    public String shortName() {
        return "nb";
    }

    @Override
    public Neighbor prototype() {
        return Neighbor.getDefaultInstance();
    }

    @Override
    public Neighbor get(Client client, String name) {
        return client.neighbors()
                .getNeighbor(GetNeighborRequest.newBuilder().setName(name).build());
    }

    @Override
    public Page<Neighbor> list(Client client, String token) {
        ListNeighborsResponse page = client.neighbors()
                .listNeighbors(
                        ListNeighborsRequest.newBuilder().setPageToken(token).build());
        return new Page<>(page.getNeighborsList(), page.getNextPageToken());
    }

    @Override
    public Iterator<Change<Neighbor>> watch(Client client, String name) {
        WatchNeighborsRequest request =
                WatchNeighborsRequest.newBuilder().setName(name).build();
        return Iterators.transform(
                client.followNeighbors().watchNeighbors(request),
                response -> new Change<>(response.getType(), response.getNeighbor(), response));
    }

    @Override
    public Neighbor create(Client client, Neighbor neighbor, boolean validateOnly) {
        return client.neighbors()
                .createNeighbor(CreateNeighborRequest.newBuilder()
                        .setNeighborId(Words.id(neighbor.getName()))
                        .setNeighbor(neighbor)
                        .setValidateOnly(validateOnly)
                        .build());
    }

    @Override
    public Neighbor update(Client client, Neighbor neighbor, FieldMask mask, boolean validateOnly) {
        UpdateNeighborRequest.Builder request =
                UpdateNeighborRequest.newBuilder().setNeighbor(neighbor).setValidateOnly(validateOnly);
        if (mask.getPathsCount() > 0) {
            request.setUpdateMask(mask);
        }
        return client.neighbors().updateNeighbor(request.build());
    }

    @Override
    public void delete(Client client, String name, boolean validateOnly) {
        var _ = client.neighbors()
                .deleteNeighbor(DeleteNeighborRequest.newBuilder()
                        .setName(name)
                        .setValidateOnly(validateOnly)
                        .build());
    }

    @Override
    public Resource toResource(Neighbor neighbor) {
        return Resource.newBuilder().setNeighbor(neighbor).build();
    }

    @Override
    public List<Column<Neighbor>> columns() {
        return List.of(
                Column.of("NAME", (n, _) -> Cell.of(Words.id(n.getName()))),
                Column.of("ADDRESS", (n, _) -> Cell.of(n.getAddress())),
                Column.of("LOCAL-AS", (n, _) -> Cell.of(Integer.toUnsignedString(n.getLocalAs()))),
                Column.of("PEER-AS", (n, _) -> Cell.of(Integer.toUnsignedString(n.getPeerAs()))),
                Column.of("STATE", (n, _) -> state(n)),
                Column.of(
                        "ROUTES-SENT",
                        (n, _) -> Cell.of(Words.number(n.getStatus().getRoutesSent()))),
                Column.of("SINCE", (n, now) -> Cell.of(Words.age(n.getStatus().getSince(), now))),
                Column.wide(
                        "FAMILIES",
                        (n, _) -> Cell.of(String.join(",", n.getStatus().getFamiliesList()))),
                Column.wide("LAST-ERROR", (n, _) -> Cell.of(n.getStatus().getLastError())));
    }

    /** The session's state. */
    public static Cell state(Neighbor neighbor) {
        SessionState state = neighbor.getStatus().getState();
        return switch (state) {
            case ESTABLISHED -> new Cell(state.name(), Style.GOOD);
            case IDLE, CONNECT, ACTIVE, OPEN_SENT, OPEN_CONFIRM -> new Cell(state.name(), Style.BAD);
            case SESSION_STATE_UNSPECIFIED, UNRECOGNIZED -> Cell.of("");
        };
    }

    @Override
    public void describe(Neighbor neighbor, Details details, Instant now) {
        NeighborDetails.describe(neighbor, details, now);
    }
}
