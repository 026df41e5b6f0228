package io.natator.server.resource;

import com.google.protobuf.Message;
import io.natator.core.Event.Change;
import io.natator.model.validate.Stored;
import io.natator.model.validate.Violation;
import io.natator.v1.PeerGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is particular to one kind of resource.
 *
 * @param <M> its API message
 * @param <D> its value in the model
 */
interface Kind<M extends Message, D> {
    /** First part of names: {@code "translations"}. */
    String collection();

    /** Field of requests that holds the resource: {@code "translation"}. */
    String singular();

    /** The empty message. */
    M empty();

    /** The message with what was left out written down. */
    M complete(M message);

    /**
     * The model's value; empty if there are violations.
     *
     * @param groups peer groups by id
     */
    Optional<D> parse(String id, M message, Function<String, Optional<PeerGroup>> groups, List<Violation> violations);

    /** What the rest of what is stored says against it. */
    List<Violation> check(D value, Stored stored);

    /** What the core is told. */
    Change put(D value);

    /** What the core is told. */
    Change deleted(String id);

    /** Its part of what others are checked against. */
    Map<String, D> of(Stored stored);

    /** Who still names it, in words; empty if it may be deleted. */
    Optional<String> usedBy(String id, Stored stored);
}
