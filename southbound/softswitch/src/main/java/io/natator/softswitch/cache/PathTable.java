package io.natator.softswitch.cache;

import io.natator.softswitch.cache.Path.End;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.table.FlowTables;
import io.natator.softswitch.table.Hash;
import io.natator.softswitch.table.Rule;
import java.util.Arrays;
import java.util.function.Consumer;

/** All {@link Path}s that are valid, each once. */
public final class PathTable {
    private final FlowTables tables;
    private final Counts counts;
    private Path[] paths = new Path[64];
    private int size;
    private int ids;

    public PathTable(FlowTables tables, Counts counts) {
        this.tables = tables;
        this.counts = counts;
    }

    /** Number of paths. */
    public int size() {
        return size;
    }

    /**
     * The path of these rules; made if there is none yet.
     *
     * @param before the way before it was looked up again; null: it came in
     * @param walked rules met, the first {@code count} of the array
     * @param nextTable −1 if {@code end} names none
     */
    public Path of(Path before, Rule[] walked, int count, End end, int nextTable) {
        long hash = Hash.mix(Hash.mix(end.hashCode(), nextTable), System.identityHashCode(before));
        for (int i = 0; i < count; i++) {
            hash = Hash.mix(hash, System.identityHashCode(walked[i]));
        }
        hash = Hash.finish(hash);
        int last = paths.length - 1;
        int at = (int) hash & last;
        while (paths[at] != null) {
            if (paths[at].hash() == hash && paths[at].is(before, walked, count, end, nextTable)) {
                return paths[at];
            }
            at = (at + 1) & last;
        }
        int id = end == End.RESUME && ids < Key.RESUMED ? ++ids : 0;
        Path path = new Path(this, tables, counts, before, Arrays.copyOf(walked, count), end, nextTable, hash, id);
        paths[at] = path;
        if (++size * 3 > paths.length * 2) {
            grow();
        }
        return path;
    }

    /** True if paths that go on have no ids any more: time to begin anew. */
    public boolean isSpent() {
        return ids >= Key.RESUMED;
    }

    void remove(Path path) {
        int last = paths.length - 1;
        int hole = (int) path.hash() & last;
        while (paths[hole] != path) {
            hole = (hole + 1) & last;
        }
        size--;
        for (int i = (hole + 1) & last; paths[i] != null; i = (i + 1) & last) {
            int home = (int) paths[i].hash() & last;
            if (((i - home) & last) >= ((i - hole) & last)) {
                paths[hole] = paths[i];
                hole = i;
            }
        }
        paths[hole] = null;
    }

    private void grow() {
        Path[] old = paths;
        paths = new Path[old.length * 2];
        int last = paths.length - 1;
        for (Path path : old) {
            if (path != null) {
                int at = (int) path.hash() & last;
                while (paths[at] != null) {
                    at = (at + 1) & last;
                }
                paths[at] = path;
            }
        }
    }

    /** Calls {@code to} for each; it must not add or remove any. */
    void forEach(Consumer<Path> to) {
        for (Path path : paths) {
            if (path != null) {
                to.accept(path);
            }
        }
    }

    /** Hands all counts over to rules and tables. */
    public void settle() {
        forEach(Path::settle);
    }

    /** Invalidates all. */
    void clear() {
        Path[] all = Arrays.stream(paths).filter(path -> path != null).toArray(Path[]::new);
        for (Path path : all) {
            path.invalidate();
        }
        ids = 0;
        tables.forgetLookups();
    }
}
