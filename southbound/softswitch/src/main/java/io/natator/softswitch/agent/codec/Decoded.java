package io.natator.softswitch.agent.codec;

import io.natator.softswitch.flow.Refusal;

/** A request as the datapath understands it, or why it is refused. */
public sealed interface Decoded<T> {
    record Ok<T>(T value) implements Decoded<T> {}

    record Refused<T>(Refusal refusal) implements Decoded<T> {}
}
