package io.natator.model.compile;

import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import java.util.List;
import org.onlab.packet.IpPrefix;

/** From proved translations to announcements: pure. Implemented by {@code apps/hostroute}. */
public interface RoutePlanner {
    /**
     * One translation that a device has proved.
     *
     * @param translated outside prefixes that it translates
     */
    record Proved(Translation translation, Device device, List<IpPrefix> translated) {}

    /**
     * Why a proved translation is not announced by a device although its policy wants it to be.
     *
     * @param translation id
     * @param device id
     * @param reason with the remedy
     */
    record Problem(String translation, String device, String reason) {}

    /** The complete set to be announced; deterministic order. What {@link #problems} names is not in it. */
    List<Announcement> announcements(List<Proved> proved);

    /** What keeps any of {@code proved} from being announced; deterministic order, empty if all is well. */
    default List<Problem> problems(List<Proved> proved) {
        return List.of();
    }
}
