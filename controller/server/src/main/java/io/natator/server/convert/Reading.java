package io.natator.server.convert;

import io.natator.model.validate.Parsed;
import io.natator.model.validate.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Collects what is wrong while a message is read, so that a user hears of everything at once. */
final class Reading {
    private final List<Violation> violations;

    Reading(List<Violation> violations) {
        this.violations = violations;
    }

    /** A text that must be there. */
    <T> Optional<T> required(String field, String text, BiFunction<String, String, Parsed<T>> parser) {
        if (text.isEmpty()) {
            violations.add(new Violation(field, "is required"));
            return Optional.empty();
        }
        return parser.apply(field, text).or(violations);
    }

    /** A text that may be left out. */
    <T> Optional<T> optional(String field, String text, BiFunction<String, String, Parsed<T>> parser) {
        return text.isEmpty() ? Optional.empty() : parser.apply(field, text).or(violations);
    }

    /** A list of texts. */
    <T> List<T> list(String field, List<String> texts, BiFunction<String, String, Parsed<T>> parser) {
        List<T> values = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            required(field + "[" + i + "]", texts.get(i), parser).ifPresent(values::add);
        }
        return values;
    }

    void bad(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
