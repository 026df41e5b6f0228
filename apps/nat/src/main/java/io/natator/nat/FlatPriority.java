package io.natator.nat;

/**
 * Priorities in one table: those of the stages, first stage first, packed into 16 bits. They depend on the
 * classes of rules alone, so that one translation more or less leaves the rules of others as they are.
 */
final class FlatPriority {
    // Routed: BASE to BASE + 2 * 128 + 1; around them REST, OWN and PROBE, and 0 for what no rule takes.
    private static final int FORWARD_SLOTS = 262;
    private static final int[] TO_OUTSIDE = {Priority.REST, Priority.LEFTOVER, Priority.BLOCK, Priority.SPECIAL};
    private static final int[] TO_INSIDE = {
        Priority.REST,
        Priority.ROUTABLE,
        Priority.LEFTOVER,
        Priority.BLOCK,
        Priority.ND,
        Priority.LEFTOVER_LINK,
        Priority.SPECIAL,
        Priority.EXEMPT
    };
    private static final int TO_OUTSIDE_SLOTS = (TO_OUTSIDE.length + 1) * FORWARD_SLOTS;
    private static final int TO_INSIDE_SLOTS = (TO_INSIDE.length + 1) * TO_OUTSIDE_SLOTS;

    private FlatPriority() {}

    /** What a rule of a stage adds to the priority of a way through it. */
    static int of(int stage, int priority) {
        return switch (stage) {
            case 0 -> admission(priority);
            case 1 -> (index(TO_INSIDE, priority) + 1) * TO_OUTSIDE_SLOTS;
            case 2 -> (index(TO_OUTSIDE, priority) + 1) * FORWARD_SLOTS;
            default -> forward(priority);
        };
    }

    /** Most classes of the first stage end there and need one slot; four go on. */
    private static int admission(int priority) {
        int[] classes = {
            Priority.REST,
            Priority.BASE,
            Priority.LEFTOVER,
            Priority.BLOCK,
            Priority.SPECIAL,
            Priority.EXEMPT,
            Priority.TTL,
            Priority.OWN_ADDRESS,
            Priority.OWN
        };
        int slot = 1;
        for (int c : classes) {
            if (c == priority) {
                return slot;
            }
            boolean goesOn = c == Priority.BASE || c == Priority.BLOCK || c == Priority.SPECIAL || c == Priority.EXEMPT;
            slot += goesOn ? TO_INSIDE_SLOTS : 1;
        }
        throw new IllegalArgumentException("no such class: " + priority);
    }

    private static int forward(int priority) {
        return switch (priority) {
            case Priority.REST -> 1;
            case Priority.OWN -> FORWARD_SLOTS - 2;
            case Priority.PROBE -> FORWARD_SLOTS - 1;
            default -> priority - Priority.BASE + 2;
        };
    }

    private static int index(int[] classes, int priority) {
        for (int i = 0; i < classes.length; i++) {
            if (classes[i] == priority) {
                return i;
            }
        }
        throw new IllegalArgumentException("no such class: " + priority);
    }
}
