package io.natator.softswitch.log;

import io.natator.model.intent.Kind;
import io.natator.model.session.Share;
import io.natator.softswitch.session.Pref64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the log needs to know of shares. A value that is replaced when shares change. */
final class Logged {
    static final Logged NOTHING = new Logged(List.of(), true);

    /** Which events are logged. */
    enum Detail {
        /** Sessions, with their remotes. */
        SESSIONS,
        /** Mappings of NAPT, which have no remotes (RFC 6888, REQ-12). */
        MAPPINGS,
        /** Blocks of ports only: they tell the host of each port (RFC 6888, REQ-14). */
        BLOCKS,
        /** Nothing but refusals: the host can be told from address and port (RFC 7422). */
        NOTHING
    }

    /**
     * One share.
     *
     * @param translation id
     * @param perHost most sessions, or else ports, of a host; 0: no limit
     * @param pref64 NAT64: where its hosts find IPv4 ones
     * @param capacity addresses of DYNAMIC, ports or blocks of NAPT that there are to give away; 0: nothing is given away one by one
     */
    record Of(String translation, Kind kind, Detail detail, int perHost, Optional<Pref64> pref64, long capacity) {}

    private final Map<Integer, Of> shares;

    /** The details once more, in a hash table that is asked without making objects. Ids are never 0. */
    private final int[] ids;

    private final Detail[] details;
    private final long[] capacities;
    private final Detail unknown;

    /** @param remotes whether remotes are logged */
    Logged(List<Share> told, boolean remotes) {
        unknown = remotes ? Detail.SESSIONS : Detail.MAPPINGS;
        Map<Integer, Of> all = HashMap.newHashMap(told.size());
        ids = new int[Integer.highestOneBit(Math.max(4, told.size())) * 4];
        details = new Detail[ids.length];
        capacities = new long[ids.length];
        for (Share share : told) {
            int perHost = share.pool().sessionsPerHost() != 0
                    ? share.pool().sessionsPerHost()
                    : share.pool().portsPerHost();
            Of of = new Of(
                    share.translation(),
                    share.kind(),
                    detail(share, remotes),
                    perHost,
                    share.embedding().map(e -> new Pref64(e.pref64())),
                    capacity(share));
            all.put(share.id(), of);
            int place = place(share.id());
            ids[place] = share.id();
            details[place] = of.detail();
            capacities[place] = of.capacity();
        }
        shares = Map.copyOf(all);
    }

    private static Detail detail(Share share, boolean remotes) {
        return switch (share.kind()) {
            case STATIC, SIIT -> Detail.NOTHING;
            case DYNAMIC -> Detail.SESSIONS;
            case NAPT, NAT64 ->
                share.pool().deterministic()
                        ? Detail.NOTHING
                        : share.pool().portBlock() > 0 ? Detail.BLOCKS : remotes ? Detail.SESSIONS : Detail.MAPPINGS;
        };
    }

    private static long capacity(Share share) {
        long addresses = share.outside().stream()
                .mapToLong(prefix -> 1L << (32 - prefix.prefixLength()))
                .sum();
        int ports = share.pool().lastPort() - share.pool().firstPort() + 1;
        return switch (share.kind()) {
            case STATIC, SIIT -> 0;
            case DYNAMIC -> addresses;
            case NAPT, NAT64 ->
                share.pool().deterministic()
                        ? 0
                        : addresses
                                * (share.pool().portBlock() > 0
                                        ? ports / share.pool().portBlock()
                                        : ports);
        };
    }

    /** Where {@code id} is, or would be. */
    private int place(int id) {
        int place = (id * 0x9E37_79B9) >>> 7 & (ids.length - 1);
        while (ids[place] != 0 && ids[place] != id) {
            place = (place + 1) & (ids.length - 1);
        }
        return place;
    }

    /** What is logged of a share; sessions, or mappings, of one that nobody told of. */
    Detail detail(int share) {
        int place = place(share);
        return ids[place] == 0 ? unknown : details[place];
    }

    /** How much a share has to give away; 0: it is not known. */
    long capacity(int share) {
        return capacities[place(share)];
    }

    /** Whether remotes are logged. */
    boolean remotes() {
        return unknown == Detail.SESSIONS;
    }

    Optional<Of> share(int id) {
        return Optional.ofNullable(shares.get(id));
    }
}
