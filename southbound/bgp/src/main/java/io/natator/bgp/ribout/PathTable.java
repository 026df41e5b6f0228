package io.natator.bgp.ribout;

import io.natator.bgp.codec.EncodedAttributes;
import io.natator.bgp.codec.PathAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.collections.IntArrayList;

/** Paths in use towards neighbours of equal terms, with their octets; each has a number from 1 on. */
final class PathTable {
    private final Terms terms;
    private final Map<Path, Integer> numbers = new HashMap<>();
    private final List<Path> paths = new ArrayList<>();
    private final List<EncodedAttributes> encoded = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();
    /** By number: how many slots have it. */
    private final IntArrayList uses = new IntArrayList();

    private Path lastAsked;
    private int lastAnswer;

    PathTable(Terms terms) {
        this.terms = terms;
    }

    PathTable(PathTable other) {
        terms = other.terms;
        numbers.putAll(other.numbers);
        paths.addAll(other.paths);
        encoded.addAll(other.encoded);
        free.addAll(other.free);
        uses.addAll(other.uses);
    }

    /** The number of a path; {@link Verdict#NEXT_HOP} or {@link Verdict#ATTRIBUTES} if it cannot be told. */
    int number(Path path) {
        if (!path.equals(lastAsked)) {
            lastAnswer = lookUp(path);
            lastAsked = path;
        }
        return lastAnswer;
    }

    private int lookUp(Path path) {
        Integer known = numbers.get(path);
        if (known != null) {
            return known;
        }
        if (!terms.fits(path)) {
            return Verdict.NEXT_HOP;
        }
        PathAttributes attributes = terms.attributes(path);
        Optional<EncodedAttributes> octets = EncodedAttributes.of(attributes, terms.context());
        return octets.isEmpty() ? Verdict.ATTRIBUTES : add(path, octets.get());
    }

    private int add(Path path, EncodedAttributes octets) {
        if (free.isEmpty()) {
            paths.add(path);
            encoded.add(octets);
            uses.addInt(0);
            numbers.put(path, paths.size());
            return paths.size();
        }
        int number = free.removeLast();
        paths.set(number - 1, path);
        encoded.set(number - 1, octets);
        numbers.put(path, number);
        return number;
    }

    EncodedAttributes octets(int number) {
        return encoded.get(number - 1);
    }

    void use(int number) {
        uses.setInt(number - 1, uses.getInt(number - 1) + 1);
    }

    void drop(int number) {
        uses.setInt(number - 1, uses.getInt(number - 1) - 1);
        dropUnused(number);
    }

    /** Forgets a path that nothing has. */
    void dropUnused(int number) {
        if (uses.getInt(number - 1) == 0) {
            numbers.remove(paths.get(number - 1));
            paths.set(number - 1, null);
            encoded.set(number - 1, null);
            free.add(number);
            lastAsked = null;
        }
    }
}
