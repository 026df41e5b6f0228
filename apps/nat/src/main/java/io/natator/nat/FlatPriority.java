package io.natator.nat;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Priorities in one table: those of the stages, first stage first, packed into 16 bits. They depend on the
 * device alone, so that one translation or neighbour more or less leaves the rules of others as they are, unless
 * translations begin to share hosts.
 */
final class FlatPriority {
    private static final int[] ADMISSION_ENDS = {
        Priority.REST, Priority.LEFTOVER, Priority.TTL, Priority.OWN_ADDRESS, Priority.STRAY, Priority.OWN
    };
    private static final int[] ADMISSION_GOES_ON = {Priority.BASE, Priority.BLOCK, Priority.SPECIAL, Priority.EXEMPT};
    private static final int[] TO_INSIDE = {
        Priority.REST,
        Priority.LEFTOVER,
        Priority.BLOCK,
        Priority.ND,
        Priority.LEFTOVER_LINK,
        Priority.SPECIAL,
        Priority.ERROR,
        Priority.LINK,
        Priority.EXEMPT
    };
    private static final int[] TO_OUTSIDE = {
        Priority.REST, Priority.LEFTOVER, Priority.BLOCK, Priority.SPECIAL, Priority.ERROR
    };
    // Hosts on a link come and go.
    private static final int[] FORWARD = {
        Priority.BASE + 64,
        Priority.BASE + 65,
        Priority.BASE + 256,
        Priority.BASE + 257,
        Priority.POOL,
        Priority.POOL + 1,
        Priority.OWN
    };
    private static final int HIGHEST = 65535;

    private final int[] admissionGoesOn;
    private final int[] toInside;
    private final int[] toOutside;
    private final int[] forward;
    private final int toOutsideSlots;
    private final int toInsideSlots;

    /** @param program with all rules that serve the device as a whole */
    FlatPriority(Program program) {
        admissionGoesOn = Arrays.stream(classes(program, Stage.ADMISSION, ADMISSION_GOES_ON))
                .filter(p -> Arrays.stream(ADMISSION_ENDS).noneMatch(e -> e == p))
                .toArray();
        toInside = classes(program, Stage.TO_INSIDE, TO_INSIDE);
        toOutside = classes(program, Stage.TO_OUTSIDE, TO_OUTSIDE);
        forward = classes(program, Stage.FORWARD, FORWARD);
        // Everywhere one more, 0, for what no rule takes.
        toOutsideSlots = forward.length + 1;
        toInsideSlots = (toOutside.length + 1) * toOutsideSlots;
    }

    private static int[] classes(Program program, Stage stage, int[] always) {
        return IntStream.concat(
                        Arrays.stream(always),
                        program.rules(stage).stream().mapToInt(r -> place(stage.index(), r.priority())))
                .sorted()
                .distinct()
                .toArray();
    }

    /** All priorities are OpenFlow priorities. */
    boolean fits() {
        return of(0, Priority.OWN) <= HIGHEST;
    }

    /** What a rule of a stage adds to the priority of a way through it. */
    int of(int stage, int priority) {
        return switch (stage) {
            case 0 -> admission(priority);
            case 1 -> (index(toInside, place(stage, priority)) + 1) * toInsideSlots;
            case 2 -> (index(toOutside, place(stage, priority)) + 1) * toOutsideSlots;
            default -> index(forward, priority) + 1;
        };
    }

    /**
     * Bindings take the places of others with which they share no packets, for there are only so many priorities: TO_INSIDE, those
     * of ARP and ND; TO_OUTSIDE, those of hosts that STATIC translations have.
     */
    private static int place(int stage, int priority) {
        boolean inward = stage == Stage.TO_INSIDE.index();
        return switch (priority) {
            case Priority.BINDING -> inward ? Priority.ND : Priority.SPECIAL;
            case Priority.UNBOUND -> inward ? Priority.LEFTOVER_LINK : Priority.ERROR;
            default -> priority;
        };
    }

    /** Some classes of the first stage end there and need one slot; the others go on. */
    private int admission(int priority) {
        int slot = 1;
        for (int c : ADMISSION_ENDS) {
            slot += c < priority ? 1 : 0;
        }
        for (int c : admissionGoesOn) {
            slot += c < priority ? (toInside.length + 1) * toInsideSlots : 0;
        }
        return slot;
    }

    private static int index(int[] classes, int priority) {
        int index = Arrays.binarySearch(classes, priority);
        if (index < 0) {
            throw new IllegalArgumentException("no such class: " + priority);
        }
        return index;
    }
}
