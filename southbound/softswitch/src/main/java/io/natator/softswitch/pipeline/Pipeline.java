package io.natator.softswitch.pipeline;

import io.natator.softswitch.cache.FlowCache;
import io.natator.softswitch.cache.Path;
import io.natator.softswitch.cache.Path.End;
import io.natator.softswitch.cache.PathTable;
import io.natator.softswitch.cache.Rewritten;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Parser;
import io.natator.softswitch.frame.Reason;
import io.natator.softswitch.io.Batch;
import io.natator.softswitch.meter.MeterTable;
import io.natator.softswitch.table.FlowTables;
import io.natator.softswitch.table.Rule;
import java.util.Arrays;

/** What happens to a packet from port to port. One thread; one packet at a time. */
public final class Pipeline {
    /** In {@link Key#FRAGMENT}, where no field is: what the parser found wrong, and how many tags there are. */
    private static final int REASON_SHIFT = 10;

    private static final int TAGS_SHIFT = 14;
    private static final int MANY_TAGS = 3;
    /** Paths that no entry of the cache leads to are few; this many mean that rules were made to have many. */
    private static final int MAX_PATHS = 2 * FlowCache.CAPACITY;

    private final FlowTables tables;
    private final FlowCache cache;
    private final PathTable paths;
    private final Executor executor;
    private final Recorder recorder;
    private final Counts counts;
    /** Of the packets of a batch: what they are, and where they go if that is known. */
    private final Headers[] headers = new Headers[Batch.CAPACITY];

    private final long[][] keys = new long[Batch.CAPACITY][Key.WORDS];
    private final int[] reasons = new int[Batch.CAPACITY];
    private final long[] hints = new long[Batch.CAPACITY];
    private final Path[] found = new Path[Batch.CAPACITY];
    /** Of no meaning; without it the compiler would leave out the reading. */
    @SuppressWarnings("UnusedVariable")
    private volatile long touched;

    private final long[] looked = new long[Key.WORDS];
    /** Rules met so far on a walk, and what of the key was rewritten before each table. */
    private final Rule[] walked = new Rule[Profile.MAX_TABLES];

    private final Rewritten[] rewritten = new Rewritten[Profile.MAX_TABLES + 1];
    /** Of the packet at hand: its key, and its octets as it came. */
    private long[] key;

    private int octets;
    /** A fragment, or something is malformed: rules may write to headers that it does not have. */
    private boolean isPartial;

    public Pipeline(
            FlowTables tables, FlowCache cache, PathTable paths, Executor executor, MeterTable meters, Counts counts) {
        this.tables = tables;
        this.cache = cache;
        this.paths = paths;
        this.executor = executor;
        this.counts = counts;
        recorder = new Recorder(meters);
        Arrays.setAll(headers, _ -> new Headers());
    }

    /**
     * The packets of a batch, which came in at {@link Frame#inPort}; they are changed and sent. All are parsed, then all are
     * looked up, then all are sent: what one waits for in memory, others wait for at the same time.
     */
    public void process(Batch batch, long now) {
        int count = batch.count();
        for (int i = 0; i < count; i++) {
            reasons[i] = parse(batch.frame(i), headers[i], keys[i]);
        }
        for (int i = 0; i < count; i++) {
            hints[i] = cache.hint(cache.hash(keys[i]));
        }
        for (int i = 0; i < count; i++) {
            found[i] = cache.find(keys[i], hints[i]);
        }
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += found[i] == null ? 0 : found[i].touch();
        }
        touched = sum;
        for (int i = 0; i < count; i++) {
            executor.ready();
            process(batch.frame(i), i, now);
        }
    }

    /** A packet for itself. */
    public void process(Frame frame, long now) {
        reasons[0] = parse(frame, headers[0], keys[0]);
        found[0] = null;
        process(frame, 0, now);
    }

    private static int parse(Frame frame, Headers headers, long[] key) {
        int reason = Parser.parse(frame, headers, key);
        key[Key.FRAGMENT] |= (long) reason << REASON_SHIFT | (long) Math.min(headers.tags, MANY_TAGS) << TAGS_SHIFT;
        return reason;
    }

    private void process(Frame frame, int i, long now) {
        counts.add(Count.PACKETS);
        int reason = reasons[i];
        if (reason != Reason.FINE) {
            counts.reason(reason);
            if (reason == Reason.RUNT) {
                return;
            }
        }
        key = keys[i];
        octets = frame.length;
        executor.begin(frame, headers[i], key, now);
        Path path = found[i];
        if (path != null && path.valid()) {
            counts.add(Count.CACHE_FRONT_HITS);
        } else {
            path = cache.find(key); // also if a packet before it made it known
        }
        if (path != null) {
            along(path, now);
            return;
        }
        isPartial = (key[Key.FRAGMENT] & 3L << Key.FRAGMENT_SHIFT) != 0
                || (reason != Reason.FINE && reason != Reason.IPV4_CHECKSUM);
        if (paths.size() > MAX_PATHS) {
            cache.clear();
        }
        recorder.begin(key);
        walk(0, 0, true, now);
    }

    private void along(Path path, long now) {
        int stopped = executor.run(path.code(), 0, path);
        if (stopped >= 0) {
            if (path.end() == End.STOPPED) {
                path.count(octets, now);
            } else {
                path.countStopped(stopped, octets, now);
            }
        } else if (path.end() == End.RESUME) {
            for (int i = 0; i < path.length(); i++) {
                walked[i] = path.rule(i);
            }
            counts.add(Count.CACHE_UNCACHED);
            walk(path.nextTable(), path.length(), false, now);
        } else {
            path.count(octets, now);
        }
    }

    /**
     * Looks the packet up in table after table, and does what the rules say.
     *
     * @param from the table to begin with
     * @param before rules met already
     * @param record true if the cache shall know the way
     */
    private void walk(int from, int before, boolean record, long now) {
        int count = before;
        int table = from;
        boolean recording = record;
        End end = End.DONE;
        int nextTable = -1;
        while (true) {
            Rule rule = look(table, count, recording);
            if (rule == null) {
                end = End.MISS;
                nextTable = table;
                break;
            }
            walked[count++] = rule;
            executor.origin(rule);
            if (recording) {
                recorder.runs(rule.program(), key);
            }
            int stopped = executor.run(rule.program().code(), 0);
            if (stopped >= 0) {
                end = End.STOPPED;
                recording &= recorder.endsByTtl(rule.program(), stopped, executor.stopReason());
                break;
            }
            table = rule.instructions().gotoTable();
            if (table < 0) {
                break;
            }
            if (recording && recorder.opaque()) {
                remember(paths.of(walked, count, End.RESUME, table), count);
                recording = false;
            }
            // A header that is not there was not written: the next table sees other bits than the recorder thinks.
            recording &= !(recorder.wrote() && isPartial);
        }
        finish(count, end, nextTable, recording, now);
    }

    private Rule look(int table, int step, boolean recording) {
        if (!recording) {
            return tables.table(table).lookup(key, null);
        }
        rewritten[step] = recorder.rewritten();
        Arrays.fill(looked, 0);
        Rule rule = tables.table(table).lookup(key, looked);
        recorder.looked(looked);
        return rule;
    }

    private void finish(int count, End end, int nextTable, boolean recording, long now) {
        Path path = paths.of(walked, count, end, nextTable);
        if (recording) {
            remember(path, count);
        }
        int stopped = end == End.DONE ? executor.run(path.code(), path.setStart(), path) : Executor.ENDED;
        if (stopped >= 0) {
            path.countStopped(stopped, octets, now);
        } else {
            path.count(octets, now);
        }
        Arrays.fill(walked, 0, count, null);
    }

    private void remember(Path path, int count) {
        int asked = path.end() == End.MISS ? count + 1 : count;
        boolean any = false;
        for (int i = 0; i < asked; i++) {
            any |= rewritten[i] != null;
        }
        cache.put(recorder.key(), recorder.mask(), path, any ? Arrays.copyOf(rewritten, asked) : null);
    }
}
