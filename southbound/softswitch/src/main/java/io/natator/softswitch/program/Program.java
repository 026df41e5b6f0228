package io.natator.softswitch.program;

import java.util.Arrays;

/**
 * A list of operations ({@link Op}) in one array: for each a word with its number, its operands and its length, then the
 * arguments of those that have any. Immutable.
 */
public final class Program {
    /** Does nothing. */
    public static final Program EMPTY = new Program(new long[0]);

    private static final int LENGTH_SHIFT = 8;
    private static final int B_SHIFT = 12;
    private static final int A_SHIFT = 32;

    private final long[] code;

    Program(long[] code) {
        this.code = code;
    }

    /** The words; not to be changed. */
    public long[] code() {
        return code;
    }

    /** Which operation, one of {@link Op}. */
    public static int op(long word) {
        return (int) word & 0xFF;
    }

    /** Words that the operation takes, itself included. */
    public static int length(long word) {
        return (int) (word >>> LENGTH_SHIFT) & 0xF;
    }

    /** First operand, 32 bits. */
    public static int a(long word) {
        return (int) (word >>> A_SHIFT);
    }

    /** Second operand, 20 bits. */
    public static int b(long word) {
        return (int) (word >>> B_SHIFT) & 0xF_FFFF;
    }

    /** True if one of its operations sends the frame somewhere. */
    public boolean sends() {
        for (int at = 0; at < code.length; at += length(code[at])) {
            if (op(code[at]) >= Op.OUTPUT && op(code[at]) <= Op.GROUP) {
                return true;
            }
        }
        return false;
    }

    /** True if one of its operations may tell the controllers, who want to know which rule it was. */
    public boolean mayTell() {
        for (int at = 0; at < code.length; at += length(code[at])) {
            switch (op(code[at])) {
                case Op.CONTROLLER, Op.GROUP, Op.DEC_MPLS_TTL, Op.DEC_NW_TTL -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    /** Puts programs together. */
    public static final class Builder {
        private long[] code = new long[16];
        private int size;
        private int last;

        /** Words so far. */
        public int size() {
            return size;
        }

        public Builder add(int op, int a, int b, long... args) {
            grow(size + 1 + args.length);
            last = size;
            code[size++] = op | (long) (1 + args.length) << LENGTH_SHIFT | (long) b << B_SHIFT | (long) a << A_SHIFT;
            System.arraycopy(args, 0, code, size, args.length);
            size += args.length;
            return this;
        }

        public Builder add(Program other) {
            grow(size + other.code.length);
            System.arraycopy(other.code, 0, code, size, other.code.length);
            for (int at = 0; at < other.code.length; at += length(other.code[at])) {
                last = size + at;
            }
            size += other.code.length;
            return this;
        }

        private void grow(int to) {
            if (to > code.length) {
                code = Arrays.copyOf(code, Math.max(to, code.length * 2));
            }
        }

        /** Marks a group at the end as the last thing that is done. */
        public Builder end() {
            if (size > 0 && op(code[last]) == Op.GROUP) {
                code[last] |= 1L << B_SHIFT;
            }
            return this;
        }

        public Program build() {
            return size == 0 ? EMPTY : new Program(Arrays.copyOf(code, size));
        }
    }
}
