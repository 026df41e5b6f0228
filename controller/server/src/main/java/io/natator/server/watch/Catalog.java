package io.natator.server.watch;

import com.google.protobuf.Message;
import io.natator.v1.ChangeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BiConsumer;

/**
 * One collection as the API shows it: what users declared, with the status that the core tells. A resource is shown
 * for as long as there is either: one that was deleted and still drains stays visible. Thread-safe.
 */
public final class Catalog<M extends Message> {
    private final String collection;
    private final M empty;
    private final Map<String, M> intents = new HashMap<>();
    private final Map<String, M> last = new HashMap<>();
    private final Map<String, M> statuses = new HashMap<>();
    private final TreeMap<String, M> shown = new TreeMap<>();
    private final Set<Watcher<M>> watchers = new CopyOnWriteArraySet<>();

    /** @param collection first part of names */
    public Catalog(String collection, M empty) {
        this.collection = collection;
        this.empty = empty;
    }

    /** A user declared it. */
    public synchronized void put(String id, M intent) {
        intents.put(id, intent);
        last.put(id, intent);
        refresh(id, true);
    }

    /** A user deleted it. */
    public synchronized void delete(String id) {
        intents.remove(id);
        refresh(id, true);
    }

    /**
     * The core told where it stands.
     *
     * @param status a message with nothing but status; empty: there is nothing to tell any more
     * @param telling false if only counters changed, which watchers are not told
     */
    public synchronized void status(String id, Optional<M> status, boolean telling) {
        status.ifPresentOrElse(s -> statuses.put(id, s), () -> statuses.remove(id));
        refresh(id, telling);
    }

    private void refresh(String id, boolean telling) {
        M before = shown.get(id);
        Optional<M> after = compose(id);
        if (after.isEmpty()) {
            last.remove(id);
            if (shown.remove(id) != null) {
                tell(ChangeType.DELETED, id, before);
            }
            return;
        }
        shown.put(id, after.get());
        if (before == null) {
            tell(ChangeType.ADDED, id, after.get());
        } else if (telling && !before.equals(after.get())) {
            tell(ChangeType.MODIFIED, id, after.get());
        }
    }

    private Optional<M> compose(String id) {
        M status = statuses.get(id);
        if (!intents.containsKey(id) && status == null) {
            return Optional.empty();
        }
        Message.Builder builder = last.getOrDefault(id, empty).toBuilder();
        builder.setField(empty.getDescriptorForType().findFieldByName("name"), collection + "/" + id);
        if (status != null) {
            builder.mergeFrom(status);
        }
        return Optional.of(type(builder));
    }

    @SuppressWarnings("unchecked") // A builder of M.
    private M type(Message.Builder builder) {
        return (M) builder.build();
    }

    private void tell(ChangeType type, String id, M message) {
        watchers.forEach(w -> w.offer(type, id, message));
    }

    public synchronized Optional<M> get(String id) {
        return Optional.ofNullable(shown.get(id));
    }

    /** Up to {@code size} resources whose id follows {@code after}, in order. */
    public synchronized List<M> page(String after, int size) {
        return shown.tailMap(after, false).values().stream().limit(size).toList();
    }

    /** True if there is a resource whose id follows {@code id}. */
    public synchronized boolean hasAfter(String id) {
        return shown.higherKey(id) != null;
    }

    /** How many are shown. */
    public synchronized int size() {
        return shown.size();
    }

    /**
     * Begins to watch: the present state, then SYNCED, then changes.
     *
     * @param only id of the one that is watched; empty: all
     */
    public synchronized Watcher<M> watch(String only, BiConsumer<ChangeType, M> sink) {
        List<M> present = new ArrayList<>();
        shown.forEach((id, message) -> {
            if (only.isEmpty() || only.equals(id)) {
                present.add(message);
            }
        });
        Watcher<M> watcher = new Watcher<>(only, present, empty, sink, watchers::remove);
        watchers.add(watcher);
        return watcher;
    }
}
