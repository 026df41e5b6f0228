package io.natator.core.loop;

import io.natator.core.store.Store.Memory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Derived state that waits to be stored. While the store fails, what is newer takes the place of what it overrules, so
 * that it never grows beyond what there is to remember.
 */
final class Unsaved {
    private record Key(long datapathId, String kind, String name) {}

    private final Map<Key, Memory> memories = new LinkedHashMap<>();

    void add(Memory memory) {
        Key key = switch (memory) {
            case Memory.Installed m -> new Key(m.datapathId(), "installed", m.translation());
            case Memory.NextHop m -> new Key(m.datapathId(), "next-hop", m.address());
            case Memory.Forget m -> {
                memories.keySet().removeIf(k -> k.datapathId() == m.datapathId());
                yield new Key(m.datapathId(), "forget", "");
            }
        };
        memories.remove(key); // the newer one comes last, also after a Forget
        memories.put(key, memory);
    }

    boolean isEmpty() {
        return memories.isEmpty();
    }

    int size() {
        return memories.size();
    }

    /** All, in the order in which they have to be stored. */
    List<Memory> list() {
        return List.copyOf(memories.values());
    }

    void clear() {
        memories.clear();
    }
}
