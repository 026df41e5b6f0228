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

    /** The complete set to be announced; deterministic order. */
    List<Announcement> announcements(List<Proved> proved);
}
