package io.natator.model.rpki;

/** What VRPs say about a route: RFC 6811, section 2. */
public sealed interface Validity {
    /** No VRP covers it. */
    record NotFound() implements Validity {}

    /** A VRP matches it. */
    record Valid() implements Validity {}

    /** VRPs cover it and none matches; {@code reason} names one of them. */
    record Invalid(String reason) implements Validity {}
}
