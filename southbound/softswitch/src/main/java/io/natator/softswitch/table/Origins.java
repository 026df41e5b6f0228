package io.natator.softswitch.table;

/** The rules of a program, by the operand of {@link io.natator.softswitch.program.Op#ORIGIN}. */
public interface Origins {
    /** Rule number {@code i}. */
    Rule rule(int i);
}
