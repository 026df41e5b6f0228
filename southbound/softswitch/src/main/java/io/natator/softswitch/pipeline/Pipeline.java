package io.natator.softswitch.pipeline;

import io.natator.softswitch.cache.FlowCache;
import io.natator.softswitch.cache.Path;
import io.natator.softswitch.cache.Path.End;
import io.natator.softswitch.cache.PathTable;
import io.natator.softswitch.cache.Rewritten;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Parser;
import io.natator.softswitch.frame.Reason;
import io.natator.softswitch.io.Batch;
import io.natator.softswitch.meter.MeterTable;
import io.natator.softswitch.program.Op;
import io.natator.softswitch.program.Program;
import io.natator.softswitch.steps.Translator;
import io.natator.softswitch.table.FlowTables;
import io.natator.softswitch.table.Rule;
import java.util.Arrays;

/** What happens to a packet from port to port. One thread; one packet at a time. */
public final class Pipeline {
    /** In {@link Key#FRAGMENT}, where no field is: what the parser found wrong, and how many tags there are. */
    private static final int REASON_SHIFT = 10;

    private static final int TAGS_SHIFT = 14;
    private static final int MANY_TAGS = 3;
    private static final long REST = 0x3FL << REASON_SHIFT;
    /** Paths that no entry of the cache leads to are few; this many mean that rules were made to have many. */
    private static final int MAX_PATHS = 2 * FlowCache.CAPACITY;

    private final FlowTables tables;
    private final FlowCache cache;
    private final PathTable paths;
    private final Executor executor;
    private final Recorder recorder;
    private final Translator translator;
    private final Counts counts;
    /** Of the packets of a batch: what they are, and where they go if that is known. */
    private final Headers[] headers = new Headers[Batch.CAPACITY];

    private final long[][] keys = new long[Batch.CAPACITY][Key.WORDS];
    private final int[] reasons = new int[Batch.CAPACITY];
    private final long[] hints = new long[Batch.CAPACITY];
    private final Path[] found = new Path[Batch.CAPACITY];
    private final boolean[] isTranslated = new boolean[Batch.CAPACITY];
    /** Of no meaning; without it the compiler would leave out the reading. */
    @SuppressWarnings("UnusedVariable")
    private volatile long touched;

    private final long[] looked = new long[Key.WORDS];
    /** Rules met so far on a walk, and what of the key was rewritten before each table. */
    private final Rule[] walked = new Rule[Profile.MAX_TABLES];

    private final Rewritten[] rewritten = new Rewritten[Profile.MAX_TABLES + 1];
    /** Of the packet at hand: its key, and its octets as it came. */
    private long[] key;

    private Headers parsed;
    private int reason;
    private int octets;

    public Pipeline(
            FlowTables tables,
            FlowCache cache,
            PathTable paths,
            Executor executor,
            MeterTable meters,
            Translator translator,
            Counts counts) {
        this.tables = tables;
        this.cache = cache;
        this.paths = paths;
        this.executor = executor;
        this.translator = translator;
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
        touched = sum + sessions(batch, count);
        for (int i = 0; i < count; i++) {
            executor.ready();
            process(batch.frame(i), i, now);
        }
    }

    /** Fetches what translators will need. */
    private long sessions(Batch batch, int count) {
        boolean any = false;
        for (int i = 0; i < count; i++) {
            Action.Translate translate = found[i] == null ? null : found[i].translate();
            isTranslated[i] = translate != null;
            if (translate != null) {
                any = true;
                hints[i] =
                        translator.hint(batch.frame(i), headers[i], keys[i], translate.share(), translate.direction());
            }
        }
        long sum = 0;
        for (int i = 0; any && i < count; i++) {
            sum += isTranslated[i] ? translator.touch(hints[i]) : 0;
        }
        return sum;
    }

    /** A packet for itself. */
    public void process(Frame frame, long now) {
        reasons[0] = parse(frame, headers[0], keys[0]);
        found[0] = null;
        process(frame, 0, now);
    }

    private static int parse(Frame frame, Headers headers, long[] key) {
        int reason = Parser.parse(frame, headers, key);
        describe(headers, key, reason);
        return reason;
    }

    private static void describe(Headers headers, long[] key, int reason) {
        long rest = (long) reason << REASON_SHIFT | (long) Math.min(headers.tags, MANY_TAGS) << TAGS_SHIFT;
        key[Key.FRAGMENT] = (key[Key.FRAGMENT] & ~REST) | rest;
    }

    private void process(Frame frame, int i, long now) {
        counts.add(Count.PACKETS);
        reason = reasons[i];
        if (reason != Reason.FINE) {
            counts.reason(reason);
            if (reason == Reason.RUNT) {
                return;
            }
        }
        key = keys[i];
        parsed = headers[i];
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
        if (paths.size() > MAX_PATHS || paths.isSpent()) {
            cache.clear();
        }
        recorder.begin(key);
        walk(null, 0, true, now);
    }

    private void along(Path path, long now) {
        int stopped = executor.run(path.code(), 0, path);
        if (stopped < 0) {
            path.count(octets, now);
            if (path.end() == End.RESUME) {
                resume(path, now);
            }
        } else if (path.end() == End.STOPPED) {
            path.count(octets, now);
        } else {
            path.countStopped(stopped, octets, now);
        }
    }

    /** The packet has come this path, and is looked up again as it now is. */
    private void resume(Path path, long now) {
        counts.add(Count.CACHE_RESUMED);
        describe(parsed, key, reason);
        boolean known = path.valid() && path.id() != 0;
        if (known) {
            key[Key.RESUMED_WORD] |= path.id();
            Path next = cache.find(key, cache.hint(cache.hash(key)));
            if (next == null) {
                next = cache.find(key);
            }
            if (next == null) {
                recorder.begin(key);
            }
            key[Key.RESUMED_WORD] &= ~Key.RESUMED;
            if (next != null) {
                along(next, now);
                return;
            }
        }
        walk(path, path.nextTable(), known, now);
    }

    /**
     * Looks the packet up in table after table, and does what the rules say.
     *
     * @param before the path that it has come before; null: it came in
     * @param from the table to begin with
     * @param record true if the cache shall know the way
     */
    private void walk(Path before, int from, boolean record, long now) {
        boolean isPartial = (key[Key.FRAGMENT] & 3L << Key.FRAGMENT_SHIFT) != 0
                || (reason != Reason.FINE && reason != Reason.IPV4_CHECKSUM);
        int count = 0;
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
            long[] code = rule.program().code();
            int stopped = executor.run(code, 0);
            table = rule.instructions().gotoTable();
            if (stopped >= 0 && recording && Program.op(code[stopped]) == Op.TRANSLATE) {
                // Others like it may go on: what becomes of them is not for the tables to say.
                Path path = paths.of(before, walked, count, table < 0 ? End.DONE : End.RESUME, table);
                remember(path, count);
                path.countStopped(path.setStart() - 1, octets, now);
                return;
            }
            if (stopped >= 0) {
                end = End.STOPPED;
                recording &= recorder.endsByTtl(rule.program(), stopped, executor.stopReason());
                break;
            }
            if (table < 0) {
                break;
            }
            if (recording && recorder.opaque()) {
                Path path = paths.of(before, walked, count, End.RESUME, table);
                remember(path, count);
                path.count(octets, now);
                resume(path, now);
                return;
            }
            // A header that is not there was not written: the next table sees other bits than the recorder thinks.
            recording &= !(recorder.wrote() && isPartial);
        }
        finish(paths.of(before, walked, count, end, nextTable), count, recording, now);
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

    private void finish(Path path, int count, boolean recording, long now) {
        if (recording) {
            remember(path, count);
        }
        int stopped = path.end() == End.DONE ? executor.run(path.code(), path.setStart(), path) : Executor.ENDED;
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
