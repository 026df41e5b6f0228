package io.natator.server.resource;

import com.google.protobuf.Message;
import io.natator.core.Event.Change;
import io.natator.model.validate.Stored;
import io.natator.model.validate.Violation;
import io.natator.v1.PeerGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What is particular to one kind of resource.
 *
 * @param <M> its API message
 * @param <D> its value in the model
 * @param collection first part of names: {@code "translations"}
 * @param singular field of requests that holds the resource: {@code "translation"}
 * @param empty the empty message
 * @param completion see {@link #complete}
 * @param parser see {@link #parse}
 * @param checker see {@link #check}
 * @param putting see {@link #put}
 * @param deletion see {@link #deleted}
 * @param part see {@link #of}
 * @param users see {@link #usedBy}
 */
record Kind<M extends Message, D>(
        String collection,
        String singular,
        M empty,
        UnaryOperator<M> completion,
        Parser<M, D> parser,
        BiFunction<D, Stored, List<Violation>> checker,
        Function<D, Change> putting,
        Function<String, Change> deletion,
        Function<Stored, Map<String, D>> part,
        BiFunction<String, Stored, Optional<String>> users) {

    /** How {@link #parse} is done. */
    interface Parser<M, D> {
        Optional<D> parse(
                String id, M message, Function<String, Optional<PeerGroup>> groups, List<Violation> violations);
    }

    /** The message with what was left out written down. */
    M complete(M message) {
        return completion.apply(message);
    }

    /**
     * The model's value; empty if there are violations.
     *
     * @param groups peer groups by id
     */
    Optional<D> parse(String id, M message, Function<String, Optional<PeerGroup>> groups, List<Violation> violations) {
        return parser.parse(id, message, groups, violations);
    }

    /** What the rest of what is stored says against it. */
    List<Violation> check(D value, Stored stored) {
        return checker.apply(value, stored);
    }

    /** What the core is told. */
    Change put(D value) {
        return putting.apply(value);
    }

    /** What the core is told. */
    Change deleted(String id) {
        return deletion.apply(id);
    }

    /** Its part of what others are checked against. */
    Map<String, D> of(Stored stored) {
        return part.apply(stored);
    }

    /** Who still names it, in words; empty if it may be deleted. */
    Optional<String> usedBy(String id, Stored stored) {
        return users.apply(id, stored);
    }
}
