package io.natator.model.validate;

import java.util.List;
import java.util.Optional;

/** What became of a text: a value, or what is wrong with it. */
public sealed interface Parsed<T> {
    /** It is well formed. */
    record Ok<T>(T value) implements Parsed<T> {}

    /** It is not. */
    record Bad<T>(Violation violation) implements Parsed<T> {}

    /** The value; if there is none, the violation goes to {@code violations}. */
    default Optional<T> or(List<Violation> violations) {
        return switch (this) {
            case Ok<T>(T value) -> Optional.of(value);
            case Bad<T>(Violation violation) -> {
                violations.add(violation);
                yield Optional.empty();
            }
        };
    }

    /** A text that is not well formed. */
    static <T> Parsed<T> bad(String field, String message) {
        return new Bad<>(new Violation(field, message));
    }
}
