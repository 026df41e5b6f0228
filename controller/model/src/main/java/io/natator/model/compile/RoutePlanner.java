package io.natator.model.compile;

import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.rpki.VrpSet;
import java.util.List;
import java.util.Map;
import org.onlab.packet.IpPrefix;

/** From proved translations to announcements: pure. Implemented by {@code apps/hostroute}. */
public interface RoutePlanner {
    /**
     * One translation that a device has proved.
     *
     * @param translated outside prefixes that it translates, and that stay
     * @param leaving outside prefixes that it still translates, but not for long: announced as such (RFC 8326)
     */
    record Proved(Translation translation, Device device, List<IpPrefix> translated, List<IpPrefix> leaving) {
        /** With nothing that leaves. */
        public Proved(Translation translation, Device device, List<IpPrefix> translated) {
            this(translation, device, translated, List.of());
        }
    }

    /**
     * Why a proved translation is not announced by a device although its policy wants it to be.
     *
     * @param translation id
     * @param device id
     * @param reason with the remedy
     */
    record Problem(String translation, String device, String reason) {}

    /** A route that would be announced, were it not for {@code reason}. */
    record Refusal(Announcement announcement, String reason) {}

    /**
     * Who would be the origin, and who may be (RFC 6811).
     *
     * @param localAs our AS number towards each neighbour, by its id
     */
    record Origins(VrpSet vrps, Map<String, Long> localAs) {
        /** Nothing is known, so nothing is refused. */
        public static final Origins UNKNOWN = new Origins(VrpSet.EMPTY, Map.of());
    }

    /**
     * What is to be announced, and what is not; each in a deterministic order.
     *
     * @param announcements the complete set; of one prefix, those that leave come last
     * @param refused by route-origin validation; of a route that only some neighbours may be told there is an
     *     announcement, too
     * @param problems what else keeps any translation from being announced
     */
    record Routes(List<Announcement> announcements, List<Refusal> refused, List<Problem> problems) {}

    Routes plan(List<Proved> proved, Origins origins);

    /** Without route-origin validation. */
    default List<Announcement> announcements(List<Proved> proved) {
        return plan(proved, Origins.UNKNOWN).announcements();
    }
}
