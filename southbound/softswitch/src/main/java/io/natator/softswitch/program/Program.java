package io.natator.softswitch.program;

import java.util.Arrays;

/** A list of operations ({@link Op}): two numbers each, and four more for those that need them. Immutable. */
public final class Program {
    /** Does nothing. */
    public static final Program EMPTY = new Program(new int[0], new long[0]);

    private static final int CODE = 3;
    private static final int ARGS = 4;

    private final int[] code;
    private final long[] args;

    Program(int[] code, long[] args) {
        this.code = code;
        this.args = args;
    }

    /** Number of operations. */
    public int size() {
        return code.length / CODE;
    }

    /** One of {@link Op}. */
    public int op(int at) {
        return code[at * CODE];
    }

    public int a(int at) {
        return code[at * CODE + 1];
    }

    public int b(int at) {
        return code[at * CODE + 2];
    }

    /** @param i 0 to 3 */
    public long arg(int at, int i) {
        return args[at * ARGS + i];
    }

    /** True if one of its operations sends the frame somewhere. */
    public boolean sends() {
        for (int i = 0; i < size(); i++) {
            if (op(i) >= Op.OUTPUT && op(i) <= Op.GROUP) {
                return true;
            }
        }
        return false;
    }

    /** True if one of its operations may tell the controllers, who want to know which rule it was. */
    public boolean mayTell() {
        for (int i = 0; i < size(); i++) {
            switch (op(i)) {
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
        private int[] code = new int[8 * CODE];
        private long[] args = new long[8 * ARGS];
        private int size;

        /** Operations so far. */
        public int size() {
            return size;
        }

        public Builder add(int op, int a, int b) {
            return add(op, a, b, 0, 0, 0, 0);
        }

        public Builder add(int op, int a, int b, long arg0, long arg1, long arg2, long arg3) {
            grow(size + 1);
            code[size * CODE] = op;
            code[size * CODE + 1] = a;
            code[size * CODE + 2] = b;
            args[size * ARGS] = arg0;
            args[size * ARGS + 1] = arg1;
            args[size * ARGS + 2] = arg2;
            args[size * ARGS + 3] = arg3;
            size++;
            return this;
        }

        public Builder add(Program other) {
            grow(size + other.size());
            System.arraycopy(other.code, 0, code, size * CODE, other.code.length);
            System.arraycopy(other.args, 0, args, size * ARGS, other.args.length);
            size += other.size();
            return this;
        }

        private void grow(int to) {
            if (to * CODE > code.length) {
                code = Arrays.copyOf(code, Math.max(to, size * 2) * CODE);
                args = Arrays.copyOf(args, Math.max(to, size * 2) * ARGS);
            }
        }

        /** Marks a group at the end as the last thing that is done. */
        public Builder end() {
            if (size > 0 && code[(size - 1) * CODE] == Op.GROUP) {
                code[(size - 1) * CODE + 2] = 1;
            }
            return this;
        }

        public Program build() {
            return size == 0 ? EMPTY : new Program(Arrays.copyOf(code, size * CODE), Arrays.copyOf(args, size * ARGS));
        }
    }
}
