package io.natator.cli.kind;

import com.google.protobuf.Message;
import io.natator.cli.client.Client;
import io.natator.cli.output.Column;
import io.natator.cli.output.Details;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A kind of resource: how it is called, fetched and shown. */
public sealed interface Kind<M extends Message> permits EditableKind, AnnouncementKind {

    /** "translation". */
    String singular();

    /** "translations": the collection in resource names. */
    String plural();

    /** "tr". */
    String shortName();

    /** Empty message of the kind. */
    M prototype();

    M get(Client client, String name);

    /** @param token of the page before, empty for the first page */
    Page<M> list(Client client, String token);

    /** @param name only this one; all if empty */
    Iterator<Change<M>> watch(Client client, String name);

    /** Columns of {@code get}. */
    List<Column<M>> columns();

    /** Everything a person wants to know. */
    void describe(M resource, Details details, Instant now);

    /** All of them, page by page, in the daemon's order. */
    default List<M> listAll(Client client) {
        List<M> all = new ArrayList<>();
        String token = "";
        do {
            Page<M> page = list(client, token);
            all.addAll(page.resources());
            token = page.nextToken();
        } while (!token.isEmpty());
        return all;
    }

    /** The resource's name. */
    default String name(M resource) {
        return (String) resource.getField(prototype().getDescriptorForType().findFieldByName("name"));
    }

    /** "translations/office" from "office" or from itself. */
    default String fullName(String nameOrId) {
        return nameOrId.startsWith(plural() + "/") ? nameOrId : plural() + "/" + nameOrId;
    }
}
