package io.natator.cli.kind;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import io.natator.cli.client.Client;
import io.natator.v1.Resource;

/** A kind that users create, update and delete. */
public sealed interface EditableKind<M extends Message> extends Kind<M>
        permits TranslationKind, DeviceKind, NeighborKind, PeerGroupKind {

    M create(Client client, M resource, boolean validateOnly);

    /** @param mask what to update; all that a user sets if empty */
    M update(Client client, M resource, FieldMask mask, boolean validateOnly);

    void delete(Client client, String name, boolean validateOnly);

    /** As Plan takes it. */
    Resource toResource(M resource);
}
