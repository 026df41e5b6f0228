package io.natator.openflow.codec;

import io.natator.model.rule.Cookie;
import io.natator.model.southbound.SwitchEvent.Failure;
import java.util.Arrays;

/**
 * One rule as the wire has it. Two of them are equal if they have the same identity on a device: table, priority and
 * match. What the rule does is told apart by {@link #cookie()} and {@link #sameEffect}.
 */
public final class EncodedRule {
    private final String owner;
    private final int table;
    private final int priority;
    private final long cookie;
    private final byte[] match;
    private final byte[] instructions;
    private final int traits;
    private final int hash;

    /**
     * @param owner translation id, empty if it serves the whole device or is not known
     * @param match canonical OXM TLVs without the match header and padding
     * @param instructions as on the wire
     * @param traits what the device must be able to do, bits of {@link Trait}
     */
    EncodedRule(String owner, int table, int priority, long cookie, byte[] match, byte[] instructions, int traits) {
        this.owner = owner;
        this.table = table;
        this.priority = priority;
        this.cookie = cookie;
        this.match = match;
        this.instructions = instructions;
        this.traits = traits;
        // Arrays.hashCode gives neighbouring addresses few values: eight hosts of a block share one.
        this.hash = Long.hashCode(Hash64.of((long) table << 16 | priority, match, 0, match.length));
    }

    public String owner() {
        return owner;
    }

    public int table() {
        return table;
    }

    public int priority() {
        return priority;
    }

    public long cookie() {
        return cookie;
    }

    /** True if its cookie marks it as Natator's. */
    public boolean isOurs() {
        return Cookie.isOurs(cookie);
    }

    byte[] match() {
        return match;
    }

    byte[] instructions() {
        return instructions;
    }

    /** True if the rule needs {@code trait} of the device. */
    public boolean needs(Trait trait) {
        return (traits & trait.bit()) != 0;
    }

    /** True if both rules do the same, however a device may have reordered or renamed it. */
    public boolean sameEffect(EncodedRule other) {
        return Arrays.equals(instructions, other.instructions)
                || Arrays.equals(Instructions.canonical(instructions), Instructions.canonical(other.instructions));
    }

    /** A fingerprint of what it does, as told by this side. */
    public long effect() {
        return Hash64.of(Hash64.START, instructions, 0, instructions.length);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof EncodedRule r
                && r.hash == hash
                && r.table == table
                && r.priority == priority
                && Arrays.equals(r.match, match);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** What is told of it if it is not on the device. */
    public Failure failure(String reason) {
        return new Failure(owner, toString(), MatchFields.addresses(match), reason);
    }

    /** As {@code ovs-ofctl} writes it. */
    @Override
    public String toString() {
        return RuleText.of(this);
    }
}
