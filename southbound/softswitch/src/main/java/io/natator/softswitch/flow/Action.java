package io.natator.softswitch.flow;

import io.natator.model.session.Share.Direction;

/** The actions of OpenFlow 1.3 (section 7.2.5), and of Nicira's what controllers need for whole prefixes. */
public sealed interface Action {
    /** Which action; for table features and {@link Profile}s. */
    enum Kind {
        OUTPUT(0),
        COPY_TTL_OUT(11),
        COPY_TTL_IN(12),
        SET_MPLS_TTL(15),
        DEC_MPLS_TTL(16),
        PUSH_VLAN(17),
        POP_VLAN(18),
        PUSH_MPLS(19),
        POP_MPLS(20),
        SET_QUEUE(21),
        GROUP(22),
        SET_NW_TTL(23),
        DEC_NW_TTL(24),
        SET_FIELD(25),
        PUSH_PBB(26),
        POP_PBB(27),
        /** Set-field under a mask that leaves some bits alone. */
        SET_FIELD_MASKED(-1),
        MOVE(-1),
        /** Natator's own. */
        TRANSLATE(-1);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        /** OFPAT_*; −1 if OpenFlow 1.3 has no such action. */
        public int number() {
            return number;
        }
    }

    /** Which action it is. */
    Kind kind();

    /**
     * To a port, physical or reserved.
     *
     * @param port number, unsigned
     * @param maxLength octets of a packet-in, if the port is CONTROLLER; 0xFFFF: the whole packet
     */
    record Output(int port, int maxLength) implements Action {
        @Override
        public Kind kind() {
            return Kind.OUTPUT;
        }
    }

    /**
     * Sets the bits of a field that the mask names (set-field; under a mask as OpenFlow 1.5 and NX reg_load do).
     *
     * @param high upper 64 bits of a field of 128, else 0
     * @param maskHigh all ones for the whole of a wide field
     * @param mask all ones as wide as the field for the whole of it
     */
    record SetField(Field field, long high, long value, long maskHigh, long mask) implements Action {
        /** Sets the whole of a field of up to 64 bits. */
        public static SetField of(Field field, long value) {
            return new SetField(field, 0, value, -1L, field.ones());
        }

        /** True if it leaves some bits of the field alone. */
        public boolean masked() {
            return mask != field.ones() || (field.wide() && maskHigh != -1L);
        }

        @Override
        public Kind kind() {
            return masked() ? Kind.SET_FIELD_MASKED : Kind.SET_FIELD;
        }
    }

    /** Copies {@code bits} bits from one field to another (NX reg_move); offsets count from the lowest bit. */
    record Move(Field from, int fromOffset, Field to, int toOffset, int bits) implements Action {
        @Override
        public Kind kind() {
            return Kind.MOVE;
        }
    }

    /** Puts a tag of this ethertype (0x8100, 0x88A8) before all others. */
    record PushVlan(int etherType) implements Action {
        @Override
        public Kind kind() {
            return Kind.PUSH_VLAN;
        }
    }

    record PopVlan() implements Action {
        @Override
        public Kind kind() {
            return Kind.POP_VLAN;
        }
    }

    /** Puts a label stack entry of this ethertype (0x8847, 0x8848) before all others. */
    record PushMpls(int etherType) implements Action {
        @Override
        public Kind kind() {
            return Kind.PUSH_MPLS;
        }
    }

    /** @param etherType of what follows */
    record PopMpls(int etherType) implements Action {
        @Override
        public Kind kind() {
            return Kind.POP_MPLS;
        }
    }

    record PushPbb(int etherType) implements Action {
        @Override
        public Kind kind() {
            return Kind.PUSH_PBB;
        }
    }

    record PopPbb() implements Action {
        @Override
        public Kind kind() {
            return Kind.POP_PBB;
        }
    }

    record SetMplsTtl(int ttl) implements Action {
        @Override
        public Kind kind() {
            return Kind.SET_MPLS_TTL;
        }
    }

    record DecMplsTtl() implements Action {
        @Override
        public Kind kind() {
            return Kind.DEC_MPLS_TTL;
        }
    }

    record SetNwTtl(int ttl) implements Action {
        @Override
        public Kind kind() {
            return Kind.SET_NW_TTL;
        }
    }

    record DecNwTtl() implements Action {
        @Override
        public Kind kind() {
            return Kind.DEC_NW_TTL;
        }
    }

    record CopyTtlOut() implements Action {
        @Override
        public Kind kind() {
            return Kind.COPY_TTL_OUT;
        }
    }

    record CopyTtlIn() implements Action {
        @Override
        public Kind kind() {
            return Kind.COPY_TTL_IN;
        }
    }

    record SetQueue(int queue) implements Action {
        @Override
        public Kind kind() {
            return Kind.SET_QUEUE;
        }
    }

    /**
     * Translates with state, by a share that the switch was told of; of apply-actions only. A packet that is refused ends
     * there.
     *
     * @param share id, 1 to 2³¹−1
     */
    record Translate(int share, Direction direction) implements Action {
        @Override
        public Kind kind() {
            return Kind.TRANSLATE;
        }
    }

    record Group(int group) implements Action {
        @Override
        public Kind kind() {
            return Kind.GROUP;
        }
    }
}
