package io.natator.softswitch.session;

/** Why a packet got no session. The name is that in {@code PoolUse.refused}, the counter of all shares together has it too. */
public enum Refusal {
    /** DYNAMIC: no address of the pool is free. NAPT: no port is free. */
    POOL_EMPTY("pool-empty"),
    /** The host has as many sessions as it may. */
    HOST_SESSIONS("host-sessions"),
    /** The host has as many ports as it may. */
    HOST_PORTS("host-ports"),
    /** No room for one more session, mapping or host. */
    TABLE_FULL("table-full"),
    /** From outside, and no mapping is there. */
    NO_MAPPING("no-mapping"),
    /** From outside, and the mapping's filter does not let it in. */
    FILTERED("filtered"),
    /** A protocol without ports, and the policy is to drop. */
    PROTOCOL("protocol"),
    /** TCP that opens nothing, and no session is there. */
    NOT_A_SYN("not-a-syn"),
    /** From inside, but not with an address of the share's inside. */
    NOT_INSIDE("not-inside"),
    /** Source and destination are one (land attack). */
    LAND("land"),
    /** DYNAMIC: it is not known yet whether rules of a device still stand for bindings of an earlier life. */
    NOT_OPEN("not-open");

    private final String word;

    Refusal(String word) {
        this.word = word;
    }

    /** Index among all. */
    @SuppressWarnings("EnumOrdinal") // an array by place: counted for every packet refused
    int place() {
        return ordinal();
    }

    /** As {@code PoolUse.refused} has it. */
    public String word() {
        return word;
    }
}
