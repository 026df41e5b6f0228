package io.natator.cli.fake;

import com.google.api.FieldBehavior;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.natator.cli.file.Behaviors;
import io.natator.v1.ChangeType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Resources of one kind, with pages, etags, masks and watchers as the API has them. */
final class Shelf<M extends Message> {
    private static final int PAGE = 2;

    private final TreeMap<String, M> resources = new TreeMap<>();
    private final List<Watcher<M>> watchers = new ArrayList<>();
    private final UnaryOperator<M> stored;
    private long version;

    private interface Watcher<M> {
        void tell(ChangeType type, M resource);
    }

    /** @param stored what the daemon makes of a resource that is created or updated */
    Shelf(UnaryOperator<M> stored) {
        this.stored = stored;
    }

    static void answer(StreamObserver<?> observer, Runnable work) {
        try {
            work.run();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
        }
    }

    static <R> void reply(StreamObserver<R> observer, Supplier<R> work) {
        answer(observer, () -> {
            R response = work.get();
            observer.onNext(response);
            observer.onCompleted();
        });
    }

    synchronized M get(String name) {
        M found = resources.get(name);
        if (found == null) {
            throw Refusal.of(Code.NOT_FOUND, "there is no " + name);
        }
        return found;
    }

    /** The page after {@code token}, which is the last name of the page before. */
    synchronized List<M> page(String token) {
        return resources.tailMap(token, false).values().stream().limit(PAGE).toList();
    }

    /** Empty after the last page. */
    synchronized String next(List<M> page) {
        return page.isEmpty() || name(page.getLast()).equals(resources.lastKey()) ? "" : name(page.getLast());
    }

    synchronized M create(M resource, boolean validateOnly) {
        if (resources.containsKey(name(resource))) {
            throw Refusal.of(Code.ALREADY_EXISTS, name(resource) + " is there already");
        }
        M made = stored.apply(stamped(resource));
        if (!validateOnly) {
            put(made);
        }
        return made;
    }

    @SuppressWarnings("unchecked")
    synchronized M update(M resource, FieldMask mask, boolean validateOnly) {
        M before = get(name(resource));
        String etag = (String) field(resource, "etag");
        if (!etag.isEmpty() && !etag.equals(field(before, "etag"))) {
            throw Refusal.of(Code.ABORTED, "the etag is not the present one");
        }
        Message.Builder merged = before.toBuilder();
        for (FieldDescriptor field : resource.getDescriptorForType().getFields()) {
            boolean user = field.getNumber() < 20;
            // An input-only field that is left out stays.
            boolean all = mask.getPathsCount() == 0
                    && (!Behaviors.has(field, FieldBehavior.INPUT_ONLY)
                            || !resource.getField(field).equals(field.getDefaultValue()));
            if (user && (all || mask.getPathsList().contains(field.getName()))) {
                merged.clearField(field);
                if (field.isRepeated() || resource.hasField(field)) {
                    merged.setField(field, resource.getField(field));
                }
            }
        }
        M wished = (M) merged.build();
        if (wished.equals(before)) {
            return before;
        }
        M made = stored.apply(stamped(wished));
        if (!validateOnly) {
            put(made);
        }
        return made;
    }

    synchronized void delete(String name, boolean validateOnly) {
        M gone = get(name);
        if (!validateOnly) {
            remove(gone);
        }
    }

    synchronized void remove(M gone) {
        resources.remove(name(gone));
        watchers.forEach(watcher -> watcher.tell(ChangeType.DELETED, gone));
    }

    synchronized void put(M resource) {
        boolean there = resources.put(name(resource), resource) != null;
        watchers.forEach(watcher -> watcher.tell(there ? ChangeType.MODIFIED : ChangeType.ADDED, resource));
    }

    synchronized boolean has(String name) {
        return resources.containsKey(name);
    }

    synchronized <R> void watch(String name, StreamObserver<R> observer, BiFunction<ChangeType, M, R> response) {
        Watcher<M> watcher = (type, resource) -> {
            if (resource == null || name.isEmpty() || name.equals(name(resource))) {
                observer.onNext(response.apply(type, resource));
            }
        };
        resources.values().forEach(resource -> watcher.tell(ChangeType.ADDED, resource));
        watcher.tell(ChangeType.SYNCED, null);
        watchers.add(watcher);
    }

    synchronized void forgetWatchers() {
        watchers.clear();
    }

    @SuppressWarnings("unchecked")
    private M stamped(M resource) {
        FieldDescriptor etag = resource.getDescriptorForType().findFieldByName("etag");
        return (M) resource.toBuilder().setField(etag, "v" + ++version).build();
    }

    private String name(M resource) {
        return (String) field(resource, "name");
    }

    private static Object field(Message resource, String name) {
        return resource.getField(resource.getDescriptorForType().findFieldByName(name));
    }
}
