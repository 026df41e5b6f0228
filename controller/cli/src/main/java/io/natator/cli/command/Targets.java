package io.natator.cli.command;

import io.natator.cli.kind.Kind;
import io.natator.cli.kind.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code KIND [NAME...]} or {@code KIND/NAME...} on a command line names.
 *
 * @param kind its kind
 * @param names complete names, "translations/office"; empty: all
 */
record Targets(Kind<?> kind, List<String> names) {

    /** @throws IllegalArgumentException saying what is wrong */
    static Targets parse(List<String> words) {
        String first = words.getFirst();
        if (!first.contains("/")) {
            Kind<?> kind = Kinds.find(first).orElseThrow(() -> new IllegalArgumentException(Kinds.unknown(first)));
            List<String> names =
                    words.stream().skip(1).map(word -> name(kind, word)).toList();
            return new Targets(kind, names);
        }
        List<String> names = new ArrayList<>();
        Optional<Kind<?>> kind = Optional.empty();
        for (String word : words) {
            String collection = word.substring(0, Math.max(0, word.indexOf('/')));
            Kind<?> found =
                    Kinds.find(collection).orElseThrow(() -> new IllegalArgumentException(Kinds.unknown(collection)));
            if (kind.isPresent() && kind.get() != found) {
                throw new IllegalArgumentException(
                        "one kind at a time, not both " + kind.get().plural() + " and " + found.plural());
            }
            kind = Optional.of(found);
            names.add(found.fullName(word.substring(collection.length() + 1)));
        }
        return new Targets(kind.orElseThrow(), names);
    }

    /** An announcement's own name holds a slash only after its collection. */
    private static String name(Kind<?> kind, String word) {
        int slash = word.indexOf('/');
        boolean qualified = slash > 0 && Kinds.find(word.substring(0, slash)).orElse(null) == kind;
        return kind.fullName(qualified ? word.substring(slash + 1) : word);
    }
}
