package io.natator.softswitch.cache;

import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.table.Hash;
import io.natator.softswitch.table.Rule;
import io.natator.softswitch.text.MatchText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * From a packet's key to its {@link Path}. Allocates nothing when it finds one. Entries that a change makes wrong are gone
 * before the next packet.
 *
 * <p>In front stands a table of four places a hash, each with a part of the hash and where the entry is. It is only a hint:
 * the entry itself says whether it takes the packet.
 */
public final class FlowCache {
    /** Entries that it holds. */
    public static final int CAPACITY = 1 << 17;

    private static final int FRONT = 1 << 17;
    private static final int WAYS = 4;
    /** Masks; a table behind the front is looked through one mask after the other. */
    private static final int MAX_MASKS = 256;
    /** In the front: the place of an entry, and above it the table. */
    private static final int PLACE_BITS = 20;

    private static final int TABLE_BITS = 8;
    private static final long TAG = -1L << (PLACE_BITS + TABLE_BITS);

    /** Rules that are looked for among the entries one by one; with more it is cheaper to begin anew. */
    private static final int MAX_CHALLENGERS = 64;
    /** After so many looks at each entry it is cheaper to begin anew; then tables know again who asked for what. */
    private static final int SCANS = 128;
    /** An entry that was not used for so long goes. */
    private static final long IDLE_SECONDS = 10;

    private static final long SECOND = 1_000_000_000L;

    private final Counts counts;
    private final PathTable paths;
    private final long[] front = new long[FRONT];
    private final Megaflows[] tables = new Megaflows[MAX_MASKS];
    private int tableCount;
    private int size;
    private long seconds;

    /** Bits that any entry looks at, and the words with such bits: what the front's hash is made of. */
    private final long[] union = new long[Key.WORDS];

    private int[] unionWords = new int[0];
    /** Of each table the bits that on some path are not as they came when it is asked; null: none. */
    private final long[][] changedBefore = new long[Profile.MAX_TABLES][];

    private final List<Rule> installed = new ArrayList<>();
    private boolean tooMany;
    /** Places that were looked through for new rules. */
    private long scanned;

    private int sweepTable;
    private int sweepPlace;

    public FlowCache(PathTable paths, Counts counts) {
        this.paths = paths;
        this.counts = counts;
    }

    /** Hash of a packet's key; good until the next {@link #put} or {@link #clear}. */
    public long hash(long[] key) {
        long hash = 0;
        for (int word : unionWords) {
            hash = Hash.mix(hash, key[word] & union[word]);
        }
        return Hash.finish(hash);
    }

    /** Where the front says that the entry is; 0 if it says nothing. Only a hint for {@link #find}. */
    public long hint(long hash) {
        int first = (int) hash & (FRONT - WAYS);
        for (int i = first; i < first + WAYS; i++) {
            if (((front[i] ^ hash) & TAG) == 0) {
                return front[i];
            }
        }
        return 0;
    }

    /** The path that a hint leads to; null if that is not where this packet goes. */
    public Path find(long[] key, long hint) {
        Megaflows table = tables[(int) (hint >>> PLACE_BITS) & ((1 << TABLE_BITS) - 1)];
        int place = (int) hint & ((1 << PLACE_BITS) - 1);
        if (hint == 0 || table == null || !table.takes(place, key)) {
            return null;
        }
        Path path = table.path(place);
        if (!path.valid()) {
            return null;
        }
        table.use(place, seconds);
        return path;
    }

    /** The path of this packet, if a hint did not lead to it; null if it is not known. */
    public Path find(long[] key) {
        return findBehind(key, hash(key));
    }

    private Path findBehind(long[] key, long hash) {
        for (int i = 0; i < tableCount; i++) {
            int place = tables[i].find(key);
            if (place >= 0 && tables[i].path(place).valid()) {
                tables[i].use(place, seconds);
                remember(hash, i, place);
                counts.add(Count.CACHE_HITS);
                return tables[i].path(place);
            }
        }
        counts.add(Count.CACHE_MISSES);
        return null;
    }

    private void remember(long hash, int table, int place) {
        int first = (int) hash & (FRONT - WAYS);
        int at = first + ((int) (hash >>> PLACE_BITS) & (WAYS - 1));
        for (int i = first; i < first + WAYS; i++) {
            if (front[i] == 0) {
                at = i;
            }
            if (((front[i] ^ hash) & TAG) == 0) {
                at = i; // where it was before
                break;
            }
        }
        front[at] = (hash & TAG) | (long) table << PLACE_BITS | place;
    }

    /**
     * Remembers what became of a packet.
     *
     * @param key as it came
     * @param mask bits of it that decided; others may differ
     * @param rewritten of each table asked what was not as it came; null if all of the key was, at all tables
     */
    public void put(long[] key, long[] mask, Path path, Rewritten[] rewritten) {
        int index = table(mask);
        if (index < 0) {
            clear(); // and with it what tables noted of this packet: the next one like it will be remembered
            return;
        }
        path.rewritten(rewritten);
        for (int i = 0; rewritten != null && i < rewritten.length; i++) {
            noteChanged(i < path.length() ? path.rule(i).table() : path.nextTable(), rewritten[i]);
        }
        if (tables[index].put(key, path, seconds) && ++size > CAPACITY) {
            evict();
        }
    }

    private void noteChanged(int table, Rewritten rewritten) {
        if (rewritten != null) {
            if (changedBefore[table] == null) {
                changedBefore[table] = new long[Key.WORDS];
            }
            for (int i = 0; i < Key.WORDS; i++) {
                changedBefore[table][i] |= rewritten.changed()[i];
            }
        }
    }

    /** The table with this mask; −1 if it is one too many. */
    private int table(long[] mask) {
        for (int i = 0; i < tableCount; i++) {
            if (Arrays.equals(tables[i].mask(), mask)) {
                return i;
            }
        }
        if (tableCount == MAX_MASKS) {
            return -1;
        }
        tables[tableCount] = new Megaflows(mask.clone());
        widen(mask);
        return tableCount++;
    }

    private void widen(long[] mask) {
        for (int i = 0; i < Key.WORDS; i++) {
            union[i] |= mask[i];
        }
        int[] words = new int[Key.WORDS];
        int count = 0;
        for (int i = 0; i < Key.WORDS; i++) {
            if (union[i] != 0) {
                words[count++] = i;
            }
        }
        unionWords = Arrays.copyOf(words, count);
    }

    /** Packets may meet this rule from now on. */
    public void installed(Rule rule) {
        if (installed.size() < MAX_CHALLENGERS) {
            installed.add(rule);
        } else {
            tooMany = true;
        }
    }

    /** To be called after changes and before the next packet: entries that new rules make wrong go. */
    public void settleChanges() {
        if (installed.isEmpty()) {
            return;
        }
        if (tooMany || scanned > (size + 1000L) * SCANS) {
            clear();
        } else if (size > 0) {
            installed.forEach(rule -> {
                if (rule.installed()) {
                    challenge(rule);
                }
            });
        }
        installed.clear();
        tooMany = false;
    }

    private void challenge(Rule rule) {
        long[] value = rule.match().value();
        long[] mask = rule.match().mask();
        long[] changed = changedBefore[rule.table()];
        for (int t = 0; t < tableCount; t++) {
            Megaflows table = tables[t];
            scanned += table.places();
            for (int place = 0; place < table.places(); place++) {
                // Another entry may have moved to the place of one that went.
                while (table.overlaps(place, value, mask, changed) && isTaken(rule, table, place)) {
                    table.remove(place);
                    size--;
                    counts.add(Count.CACHE_INVALIDATED);
                }
            }
        }
    }

    private static boolean isTaken(Rule rule, Megaflows table, int place) {
        Path path = table.path(place);
        return path != null
                && path.valid()
                && path.challenged(rule)
                && table.overlaps(place, rule.match().value(), rule.match().mask(), path.changedBefore(rule.table()));
    }

    /** Forgets everything. */
    public void clear() {
        for (int i = 0; i < tableCount; i++) {
            tables[i].clear();
            tables[i] = null;
        }
        paths.clear();
        tableCount = 0;
        size = 0;
        scanned = 0;
        Arrays.fill(front, 0);
        Arrays.fill(union, 0);
        Arrays.fill(changedBefore, null);
        unionWords = new int[0];
        sweepTable = 0;
        sweepPlace = 0;
        counts.add(Count.CACHE_FLUSHED);
    }

    /**
     * Removes entries that were not used lately.
     *
     * @param places most places that are looked at
     */
    public void sweep(long now, int places) {
        seconds = now / SECOND;
        for (int i = 0; i < places && size > 0; i++) {
            Megaflows table = nextPlace();
            Path path = table.path(sweepPlace);
            if (path != null && (!path.valid() || seconds - table.used(sweepPlace) > IDLE_SECONDS)) {
                table.remove(sweepPlace);
                size--;
            }
        }
    }

    /** Makes room: of the next few entries the one that was not used for longest goes. */
    private void evict() {
        Megaflows oldest = null;
        int oldestPlace = 0;
        for (int seen = 0; seen < 8; ) {
            Megaflows table = nextPlace();
            if (table.path(sweepPlace) != null) {
                seen++;
                if (oldest == null || table.used(sweepPlace) < oldest.used(oldestPlace)) {
                    oldest = table;
                    oldestPlace = sweepPlace;
                }
            }
        }
        oldest.remove(oldestPlace);
        size--;
        counts.add(Count.CACHE_EVICTED);
    }

    private Megaflows nextPlace() {
        if (sweepTable >= tableCount || ++sweepPlace >= tables[sweepTable].places()) {
            sweepPlace = 0;
            sweepTable = sweepTable + 1 >= tableCount ? 0 : sweepTable + 1;
        }
        return tables[sweepTable];
    }

    /** Number of entries. */
    public int size() {
        return size;
    }

    /** Its masks and what they hold, for people. */
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        lines.add(size + " entries of " + CAPACITY + ", " + paths.size() + " paths, " + tableCount + " masks");
        for (int i = 0; i < tableCount; i++) {
            lines.add(tables[i].size() + " entries look at " + MatchText.mask(tables[i].mask()));
        }
        return lines;
    }
}
