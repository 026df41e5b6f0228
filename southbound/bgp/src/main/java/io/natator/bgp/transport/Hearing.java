package io.natator.bgp.transport;

import io.natator.bgp.Counter;
import io.natator.bgp.Counters;
import io.natator.bgp.codec.ErrorCode;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Notification;
import io.natator.bgp.codec.Update;
import io.natator.bgp.ribin.HeardPrefixes;
import io.natator.bgp.ribin.ShownRoutes;
import io.natator.model.peering.ImportPolicy;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.onlab.packet.IpPrefix;

/** What a neighbour tells us: counted, limited, perhaps shown, never used. */
final class Hearing {
    private static final int LIMIT_DATA = 7;

    private final ImportPolicy policy;
    private final Counters counters;
    private final HeardPrefixes heard = new HeardPrefixes();
    private final ShownRoutes shown = new ShownRoutes();
    /** Those of which the neighbour has sent all. */
    private final Set<Family> ended = EnumSet.noneOf(Family.class);

    Hearing(ImportPolicy policy, Counters counters) {
        this.policy = policy;
        this.counters = counters;
    }

    /**
     * Takes in an UPDATE.
     *
     * @param ours true of prefixes that we announce
     * @return why the session must end, if it is more than is allowed (RFC 4486, section 4)
     */
    Optional<Notification> hear(Update update, Predicate<IpPrefix> ours) {
        counters.add(Counter.UPDATES_RECEIVED);
        counters.add(Counter.ATTRIBUTES_DISCARDED, update.discarded());
        long uncounted = heard.uncounted();
        heard.apply(update, ours);
        counters.add(Counter.PREFIXES_UNCOUNTED, heard.uncounted() - uncounted);
        update.endOfRib().ifPresent(ended::add);
        if (policy.show()) {
            shown.apply(update);
        }
        boolean tooMany = policy.maxPrefixes() > 0 && heard.count() > policy.maxPrefixes();
        return tooMany ? Optional.of(tooMany(update)) : Optional.empty();
    }

    private Notification tooMany(Update update) {
        Family family = update.announced().isEmpty()
                ? Family.IPV4_UNICAST
                : Family.of(update.announced().getFirst());
        byte[] data = ByteBuffer.allocate(LIMIT_DATA)
                .putShort((short) family.afi())
                .put((byte) family.safi())
                .putInt(policy.maxPrefixes())
                .array();
        return Notification.of(ErrorCode.MAXIMUM_PREFIXES, data);
    }

    void clear() {
        heard.clear();
        shown.clear();
        ended.clear();
    }

    int count() {
        return heard.count();
    }

    int reflected() {
        return heard.reflected();
    }

    /** True once the neighbour has said of each family that it sent all it has (RFC 4724, section 2). */
    boolean endOfRib(Collection<Family> families) {
        return !families.isEmpty() && ended.containsAll(families);
    }

    ShownRoutes shown() {
        return shown;
    }
}
