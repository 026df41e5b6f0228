package io.natator.model.session;

import java.time.Duration;
import java.util.List;

/**
 * What a software switch is told of bindings whose work rules of devices do, and is asked of the others.
 *
 * @param number comes back in the answer
 * @param open shares of whose bindings no rules are left from before: it may make some
 * @param held bindings whose work rules do, or are to do, or did; at most {@link #MOST}
 * @param most how many of the other bindings are asked for, those used most; at most {@link #MOST}
 */
public record BindingRound(long number, List<Integer> open, List<Held> held, int most) {
    /** Bindings of a message. */
    public static final int MOST = 1000;

    /**
     * @param unused for how long no packet came by rules
     * @param hold for so long from now the address is given to nobody else, whatever becomes of the binding, and the binding is
     *     not idle; zero: no longer
     */
    public record Held(Binding binding, Duration unused, Duration hold) {}

    /** A binding whose packets the software switch translates, and how many a minute. */
    public record Busy(Binding binding, long packets) {}

    /**
     * @param gone of those that are held: not there, or no longer
     * @param busy most used first
     */
    public record Answer(long number, List<Binding> gone, List<Busy> busy) {
        public Answer {
            gone = List.copyOf(gone);
            busy = List.copyOf(busy);
        }
    }

    public BindingRound {
        open = List.copyOf(open);
        held = List.copyOf(held);
    }
}
