package io.natator.softswitch.flow;

import java.util.List;

/** One change of the switch's state; several can be made as one ({@link Request.Transaction}). */
public sealed interface Modification {
    /** OFPFC_*, in the order of their numbers. */
    enum FlowCommand {
        ADD,
        MODIFY,
        MODIFY_STRICT,
        DELETE,
        DELETE_STRICT
    }

    /**
     * OpenFlow 1.3.5, section 7.3.4.1.
     *
     * @param table 0 to 254; {@link Ports#TABLE_ALL} when deleting from all
     * @param cookieMask restricts MODIFY and DELETE; 0 restricts nothing
     * @param idleTimeout seconds; 0 for ever
     * @param hardTimeout seconds; 0 for ever
     * @param priority 0 to 65535
     * @param outPort restricts DELETE; {@link Ports#ANY} does not
     * @param outGroup restricts DELETE; {@link Ports#GROUP_ANY} does not
     * @param flags OFPFF_*
     */
    record FlowMod(
            FlowCommand command,
            int table,
            long cookie,
            long cookieMask,
            int idleTimeout,
            int hardTimeout,
            int priority,
            int outPort,
            int outGroup,
            int flags,
            Match match,
            Instructions instructions)
            implements Modification {
        public static final int SEND_FLOW_REM = 1;
        public static final int CHECK_OVERLAP = 2;
        public static final int RESET_COUNTS = 4;
        public static final int NO_PKT_COUNTS = 8;
        public static final int NO_BYT_COUNTS = 16;
    }

    /** OFPGC_*, OFPMC_*. */
    enum Command {
        ADD,
        MODIFY,
        DELETE
    }

    /** OFPGT_*. */
    enum GroupType {
        ALL,
        SELECT,
        INDIRECT,
        FAST_FAILOVER
    }

    /**
     * @param weight of SELECT
     * @param watchPort of FAST_FAILOVER; {@link Ports#ANY} if none
     * @param watchGroup of FAST_FAILOVER; {@link Ports#GROUP_ANY} if none
     */
    record Bucket(int weight, int watchPort, int watchGroup, List<Action> actions) {
        public Bucket {
            actions = List.copyOf(actions);
        }
    }

    /** OpenFlow 1.3.5, section 7.3.4.3. */
    record GroupMod(Command command, GroupType type, int group, List<Bucket> buckets) implements Modification {
        public GroupMod {
            buckets = List.copyOf(buckets);
        }
    }

    /** A band of a meter; rate and burst in the meter's unit. */
    sealed interface Band {
        long rate();

        long burst();

        record Drop(long rate, long burst) implements Band {}

        /** @param precedenceLevel how far the drop precedence of the DSCP rises */
        record DscpRemark(long rate, long burst, int precedenceLevel) implements Band {}
    }

    /**
     * OpenFlow 1.3.5, section 7.3.4.4.
     *
     * @param flags OFPMF_*: 1 kbit/s, 2 packets/s, 4 burst given, 8 statistics
     */
    record MeterMod(Command command, int flags, int meter, List<Band> bands) implements Modification {
        public MeterMod {
            bands = List.copyOf(bands);
        }
    }

    /** OpenFlow 1.3.5, section 7.3.4.2; {@code config} and {@code mask} are OFPPC_*. */
    record PortMod(int port, long hardwareAddress, int config, int mask, int advertise) implements Modification {}
}
