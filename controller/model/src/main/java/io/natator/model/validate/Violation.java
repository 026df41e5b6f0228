package io.natator.model.validate;

/**
 * One thing that is wrong with what a user asked for.
 *
 * @param field path as in the proto message of the resource: {@code "outside"}, {@code "ports[1].gateways[0]"}
 * @param message what is wrong and what to do about it
 */
public record Violation(String field, String message) {
    /** The same violation, with the field one level deeper: {@code "ports[1]" + "." + "mac"}. */
    public Violation within(String parent) {
        return new Violation(parent + "." + field, message);
    }
}
