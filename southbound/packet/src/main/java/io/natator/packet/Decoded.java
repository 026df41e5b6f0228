package io.natator.packet;

import java.util.function.Function;

/** What a decoder says of untrusted bytes: the value, or what is wrong with them. Decoders never throw. */
public sealed interface Decoded<T> {
    /** The bytes are well formed. */
    record Ok<T>(T value) implements Decoded<T> {}

    /**
     * The bytes are not what they claim to be.
     *
     * @param problem which layer, and why, in words
     */
    record Malformed<T>(String problem) implements Decoded<T> {}

    /** Decodes the next layer, if this one was well formed. */
    default <R> Decoded<R> then(Function<? super T, Decoded<R>> next) {
        return switch (this) {
            case Ok<T>(T value) -> next.apply(value);
            case Malformed<T>(String problem) -> new Malformed<>(problem);
        };
    }
}
