package io.natator.model.validate;

import io.natator.model.intent.Device;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import io.natator.model.intent.Translation;
import java.util.List;

/**
 * Decides what may be stored: pure. An empty list means that the candidate may be. Violations come in the order
 * of the fields of the message.
 */
public final class Validator {
    private Validator() {}

    /** Checks a translation against the devices that it names and the translations that stand on them. */
    public static List<Violation> check(Translation candidate, Stored stored) {
        return new TranslationCheck(candidate, stored).violations();
    }

    /** Checks a device in itself, and against the translations that name it. */
    public static List<Violation> check(Device candidate, Stored stored) {
        return new DeviceCheck(candidate, stored).violations();
    }

    /** Checks a peer group in itself, and that nobody else admits the same callers. */
    public static List<Violation> check(PeerGroup candidate, Stored stored) {
        return new PeerGroupCheck(candidate, stored).violations();
    }

    /** Checks a neighbour in itself, and that no translation would swallow its address. */
    public static List<Violation> check(Neighbor candidate, Stored stored) {
        return new NeighborCheck(candidate, stored).violations();
    }
}
