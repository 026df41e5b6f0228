package io.natator.bgp.fsm;

import io.natator.bgp.codec.Capability;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.Open;
import io.natator.bgp.codec.UpdateContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * What both sides of a session agreed on.
 *
 * @param families that both speak
 * @param holdTime seconds; 0 if there are no keepalives
 * @param routerId the neighbour's BGP identifier
 * @param endOfRib the neighbour knows End-of-RIB markers (RFC 4724)
 * @param restart both do graceful restart: it keeps our routes when the connection is lost
 * @param notification it keeps them also after a NOTIFICATION that is no Hard Reset (RFC 8538)
 * @param longLived it keeps them for longer, as those of last resort (RFC 9494)
 * @param enhancedRefresh the neighbour knows marks around what is sent again (RFC 7313)
 * @param addPath families of which the neighbour takes several paths a prefix (RFC 7911)
 * @param context for the codec
 */
public record Negotiated(
        List<Family> families,
        int holdTime,
        int routerId,
        boolean endOfRib,
        boolean restart,
        boolean notification,
        boolean longLived,
        boolean enhancedRefresh,
        List<Family> addPath,
        UpdateContext context) {
    public Negotiated {
        families = List.copyOf(families);
        addPath = List.copyOf(addPath);
    }

    static Negotiated of(Settings settings, Open theirs) {
        List<Family> families = families(settings, theirs);
        boolean restarts = theirs.capability(Capability.GracefulRestart.class).isPresent();
        boolean weRestart = settings.peering().features().gracefulRestart().enabled();
        boolean restart = restarts && weRestart;
        Open ours = settings.open(false);
        return new Negotiated(
                families,
                Math.min(settings.holdTime(), theirs.holdTime()),
                theirs.routerId(),
                restarts,
                restart,
                restart
                        && theirs.capability(Capability.GracefulRestart.class)
                                .orElseThrow()
                                .notification(),
                restart && both(ours, theirs, Capability.LongLivedRestart.class),
                both(ours, theirs, Capability.EnhancedRefresh.class),
                addPath(settings, theirs, families),
                new UpdateContext(
                        both(ours, theirs, Capability.FourOctetAs.class),
                        settings.internal(),
                        both(ours, theirs, Capability.ExtendedMessages.class),
                        both(ours, theirs, Capability.ExtendedNextHop.class)));
    }

    private static boolean both(Open ours, Open theirs, Class<? extends Capability> type) {
        return ours.capability(type).isPresent() && theirs.capability(type).isPresent();
    }

    private static List<Family> families(Settings settings, Open theirs) {
        EnumSet<Family> offered = EnumSet.noneOf(Family.class);
        boolean multiProtocol = false;
        for (Capability capability : theirs.capabilities()) {
            if (capability instanceof Capability.MultiProtocol(Family family)) {
                multiProtocol = true;
                offered.add(family);
            }
        }
        if (!multiProtocol) {
            offered.add(Family.IPV4_UNICAST); // A speaker without RFC 4760 speaks IPv4 unicast.
        }
        offered.retainAll(settings.families());
        return List.copyOf(offered);
    }

    private static List<Family> addPath(Settings settings, Open theirs, List<Family> families) {
        if (!settings.peering().features().addPathSend()) {
            return List.of();
        }
        return theirs.capability(Capability.AddPath.class).stream()
                .flatMap(capability -> families.stream().filter(capability::receives))
                .toList();
    }

    /** What was agreed on besides families, in words. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        if (restart) {
            words.add(notification ? "graceful-restart with notification" : "graceful-restart");
        }
        if (longLived) {
            words.add("long-lived-graceful-restart");
        }
        if (enhancedRefresh) {
            words.add("enhanced-route-refresh");
        }
        addPath.forEach(family -> words.add("add-path " + family.label()));
        if (context.extendedMessages()) {
            words.add("extended-messages");
        }
        if (context.extendedNextHop()) {
            words.add("extended-next-hop");
        }
        if (!context.fourOctetAs()) {
            words.add("two-octet-as");
        }
        return List.copyOf(words);
    }
}
