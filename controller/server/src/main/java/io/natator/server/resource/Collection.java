package io.natator.server.resource;

import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.natator.core.Event.Change;
import io.natator.core.store.Store.Row;
import io.natator.core.store.Store.Write;
import io.natator.core.store.StoreException;
import io.natator.model.validate.Parsed;
import io.natator.model.validate.Texts;
import io.natator.model.validate.Violation;
import io.natator.server.watch.Catalog;
import io.natator.v1.PeerGroup;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The resources of one kind, and how they change. Each change is checked against all that is stored, made durable,
 * and then shown and told to the core, in this order, under the lock of {@link Resources}.
 *
 * @param <M> API message
 * @param <D> value in the model
 */
public final class Collection<M extends Message, D> {
    private static final JsonFormat.Printer JSON =
            JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private final Kind<M, D> kind;
    private final Resources all;
    private final Catalog<M> catalog;
    private final TreeMap<String, Entry<M, D>> entries = new TreeMap<>();

    Collection(Kind<M, D> kind, Resources all) {
        this.kind = kind;
        this.all = all;
        this.catalog = new Catalog<>(kind.collection(), kind.empty());
    }

    /** What is shown of it: intents with their status. */
    public Catalog<M> catalog() {
        return catalog;
    }

    Kind<M, D> kind() {
        return kind;
    }

    // ---- load ----

    void load(Row row) {
        Message.Builder builder = kind.empty().newBuilderForType();
        try {
            PARSER.merge(row.json(), builder);
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(row, e.getMessage(), e);
        }
        @SuppressWarnings("unchecked") // A builder of M.
        M stored = (M) builder.build();
        // An earlier version may have left out what this one has defaults for.
        M message = kind.complete(stored);
        List<Violation> violations = new ArrayList<>();
        D value = kind.parse(row.id(), message, all::group, violations)
                .orElseThrow(() -> unreadable(row, violations.toString(), null));
        show(new Entry<>(row.id(), message, value, row.etag(), row.created(), row.updated()));
    }

    private static StoreException unreadable(Row row, String why, Throwable cause) {
        return new StoreException(
                "the store holds %s/%s, which this version cannot read: %s".formatted(row.collection(), row.id(), why),
                cause);
    }

    List<D> values() {
        return entries.values().stream().map(Entry::value).toList();
    }

    Map<String, D> valuesById() {
        Map<String, D> values = new TreeMap<>();
        entries.forEach((id, entry) -> values.put(id, entry.value()));
        return values;
    }

    // ---- changes ----

    /** Creates a resource; its id is {@code id}, or that of the message's name. */
    public M create(String id, M message, boolean validateOnly) {
        M created;
        synchronized (all) {
            created = creation(id, message, validateOnly);
        }
        return validateOnly ? created : handled(created);
    }

    private M creation(String id, M message, boolean validateOnly) {
        String chosen = chooseId(id, message);
        if (entries.containsKey(chosen)) {
            throw Errors.exists(name(chosen));
        }
        Entry<M, D> entry = candidate(chosen, Fields.users(message), null);
        return validateOnly ? entry.shown(kind) : commit(entry);
    }

    /**
     * As it is shown once the core has handled the change: who asks after our answer must not be shown the status of
     * the intent before. Not under the lock, for others may go on meanwhile.
     */
    private M handled(M message) {
        all.awaitHandled();
        return catalog.get(id("name", Fields.text(message, "name"))).orElse(message);
    }

    private String chooseId(String id, M message) {
        List<Violation> violations = new ArrayList<>();
        String given = Fields.text(message, "name");
        Optional<String> chosen;
        if (!id.isEmpty()) {
            chosen = Texts.id(kind.singular() + "_id", id).or(violations);
            if (!given.isEmpty() && !given.equals(name(id))) {
                violations.add(new Violation(
                        kind.singular() + ".name", "is " + given + " but the id is " + id + ": leave one out"));
            }
        } else if (given.isEmpty()) {
            throw Errors.invalid(kind.singular() + "_id", "is required, or give the message a name");
        } else {
            chosen = Texts.name(kind.singular() + ".name", kind.collection(), given)
                    .or(violations);
        }
        if (!violations.isEmpty()) {
            throw Errors.invalid(violations);
        }
        return chosen.orElseThrow();
    }

    /** Updates a resource. */
    public M update(M message, FieldMask mask, boolean allowMissing, boolean validateOnly) {
        M updated;
        synchronized (all) {
            updated = change(message, mask, allowMissing, validateOnly);
        }
        return validateOnly ? updated : handled(updated);
    }

    private M change(M message, FieldMask mask, boolean allowMissing, boolean validateOnly) {
        String id = id(kind.singular() + ".name", Fields.text(message, "name"));
        List<Violation> violations = Fields.check(mask, message);
        if (!violations.isEmpty()) {
            throw Errors.invalid(violations);
        }
        Entry<M, D> present = entries.get(id);
        if (present == null) {
            if (!allowMissing) {
                throw Errors.notFound(name(id));
            }
            return creation(id, message, validateOnly);
        }
        checkEtag(id, Fields.text(message, "etag"), present);
        Entry<M, D> entry = candidate(id, Fields.updated(present.message(), message, mask), present);
        if (entry.message().equals(present.message())) {
            return catalog.get(id).orElseGet(() -> entry.shown(kind));
        }
        return validateOnly ? entry.shown(kind) : commit(entry);
    }

    /** Deletes a resource. */
    public void delete(String name, String etag, boolean allowMissing, boolean validateOnly) {
        synchronized (all) {
            deletion(name, etag, allowMissing, validateOnly);
        }
        if (!validateOnly) {
            all.awaitHandled();
        }
    }

    private void deletion(String name, String etag, boolean allowMissing, boolean validateOnly) {
        String id = id("name", name);
        Entry<M, D> present = entries.get(id);
        if (present == null) {
            if (!allowMissing) {
                throw Errors.notFound(name);
            }
            return;
        }
        checkEtag(id, etag, present);
        kind.usedBy(id, all.stored()).ifPresent(users -> {
            throw Errors.used(name, users);
        });
        if (validateOnly) {
            return;
        }
        all.commit(new Write.Delete(kind.collection(), id));
        entries.remove(id);
        catalog.delete(id);
        all.tell(List.of(kind.deleted(id)));
    }

    private void checkEtag(String id, String etag, Entry<M, D> present) {
        if (!etag.isEmpty() && !etag.equals(present.etag())) {
            throw Errors.changed(name(id));
        }
    }

    /** A checked entry that may be stored. */
    private Entry<M, D> candidate(String id, M users, Entry<M, D> present) {
        M complete = kind.complete(users);
        D value = checked(id, complete);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Instant created = present == null ? now : present.created();
        return new Entry<>(id, complete, value, Etags.of(complete, now), created, now);
    }

    /** The value of a complete message, if nothing speaks against it. */
    private D checked(String id, M complete) {
        List<Violation> violations = new ArrayList<>();
        Optional<D> value = kind.parse(id, complete, all::group, violations);
        value.ifPresent(v -> {
            violations.addAll(kind.check(v, all.stored()));
            violations.addAll(all.checkMembers(id, complete));
        });
        if (!violations.isEmpty()) {
            throw Errors.invalid(
                    violations.stream().map(v -> v.within(kind.singular())).toList());
        }
        return value.orElseThrow();
    }

    /** A value under its id. */
    record Candidate<D>(String id, D value) {}

    /** The value that {@code message} would make of what is stored, not checked against anything else. */
    Optional<Candidate<D>> parsed(
            M message, String field, Function<String, Optional<PeerGroup>> groups, List<Violation> violations) {
        Optional<String> id = Texts.name(field + ".name", kind.collection(), Fields.text(message, "name"))
                .or(violations);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Entry<M, D> present = entries.get(id.get());
        M users = present == null
                ? Fields.users(message)
                : Fields.updated(present.message(), message, FieldMask.getDefaultInstance());
        List<Violation> found = new ArrayList<>();
        Optional<D> value = kind.parse(id.get(), kind.complete(users), groups, found);
        found.forEach(v -> violations.add(v.within(field)));
        return value.map(v -> new Candidate<>(id.get(), v));
    }

    private M commit(Entry<M, D> entry) {
        all.commit(new Write.Put(new Row(
                kind.collection(), entry.id(), json(entry.message()), entry.etag(), entry.created(), entry.updated())));
        show(entry);
        List<Change> changes = new ArrayList<>(List.of(kind.put(entry.value())));
        changes.addAll(all.refreshMembers(entry.id(), entry.message()));
        all.tell(changes);
        return catalog.get(entry.id()).orElseThrow();
    }

    /** As it is stored. */
    Optional<M> stored(String id) {
        return Optional.ofNullable(entries.get(id)).map(Entry::message);
    }

    /**
     * The values of entries if peer groups were as {@code groups} says.
     *
     * @param which of the entries
     */
    Map<String, Optional<D>> reread(
            Predicate<M> which, Function<String, Optional<PeerGroup>> groups, List<Violation> violations) {
        Map<String, Optional<D>> values = new TreeMap<>();
        entries.forEach((id, entry) -> {
            if (which.test(entry.message())) {
                values.put(id, kind.parse(id, entry.message(), groups, violations));
            }
        });
        return values;
    }

    /** The value of an entry whose message means something else now; a change to be told. */
    Change reread(String id, D value) {
        Entry<M, D> entry = entries.get(id);
        entries.put(id, new Entry<>(id, entry.message(), value, entry.etag(), entry.created(), entry.updated()));
        return kind.put(value);
    }

    private void show(Entry<M, D> entry) {
        entries.put(entry.id(), entry);
        catalog.put(entry.id(), entry.shown(kind));
    }

    static String json(Message message) {
        try {
            return JSON.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("messages of the API hold nothing that JSON cannot", e);
        }
    }

    /** The id in a resource's name. */
    public String id(String field, String name) {
        if (name.isEmpty()) {
            throw Errors.invalid(field, "is required: write " + kind.collection() + "/ID");
        }
        return switch (Texts.name(field, kind.collection(), name)) {
            case Parsed.Ok<String>(String id) -> id;
            case Parsed.Bad<String>(Violation violation) -> throw Errors.invalid(List.of(violation));
        };
    }

    private String name(String id) {
        return kind.collection() + "/" + id;
    }
}
