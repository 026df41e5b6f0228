package io.natator.softswitch.table;

/** What was derived from rules and holds some of their counts. */
public interface Dependent {
    /** A rule that it comes from is going or changes: hands its counts over and is used no more. */
    void invalidate();

    /** A rule that it comes from is not seen any more from this version on: nor is what was derived. */
    void until(long version);

    /** Hands its counts over to the rules. */
    void settle();

    /** {@link Rule#depend} gave it {@code index} before; that is {@code now} from here on. */
    void moved(Rule rule, int index, int now);
}
