package io.natator.bgp.ribout;

import io.natator.bgp.codec.AsSegment;
import io.natator.bgp.codec.Communities;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.PathAttributes;
import io.natator.bgp.codec.UpdateContext;
import io.natator.model.peering.ExportPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that decides which octets a neighbour is sent for a route. Neighbours of equal terms are sent the same.
 *
 * @param localAs our AS number
 * @param addPath all routes of a prefix are told, not only the best (RFC 7911)
 */
record Terms(Family family, long localAs, UpdateContext context, boolean addPath, ExportPolicy policy) {
    /** What routes have within an AS where no policy says otherwise; the default of all routers. */
    private static final long LOCAL_PREF = 100;

    /** The attributes of a path towards such a neighbour. */
    PathAttributes attributes(Path path) {
        boolean internal = context.internal();
        return new PathAttributes(
                0,
                internal ? List.of() : asPath(),
                Optional.of(path.nextHop()),
                path.med().isPresent() ? path.med() : policy.med(),
                internal ? localPreference(path) : OptionalLong.empty(),
                path.communities().and(Communities.of(policy.communities())));
    }

    private List<AsSegment> asPath() {
        List<Long> numbers = new ArrayList<>(Collections.nCopies(1 + policy.prepend(), localAs));
        return List.of(AsSegment.sequence(numbers));
    }

    /** Zero for what is about to go, whatever the policy (RFC 8326, section 4). */
    private OptionalLong localPreference(Path path) {
        return OptionalLong.of(path.draining() ? 0 : policy.localPreference().orElse(LOCAL_PREF));
    }

    /** True if such a neighbour understands the next hop (RFC 8950). */
    boolean fits(Path path) {
        boolean same = path.nextHop().version() == family.version();
        return same || (family == Family.IPV4_UNICAST && context.extendedNextHop());
    }
}
