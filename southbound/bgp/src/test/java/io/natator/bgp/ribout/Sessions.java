package io.natator.bgp.ribout;

import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.UpdateContext;
import io.natator.bgp.fsm.Negotiated;
import io.natator.model.compile.Announcement;
import java.util.List;
import java.util.OptionalLong;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Sessions and announcements as tests need them. */
final class Sessions {
    static final UpdateContext EXTERNAL = new UpdateContext(true, false);
    static final UpdateContext INTERNAL = new UpdateContext(true, true);

    private Sessions() {}

    static Negotiated negotiated(UpdateContext context, boolean endOfRib, Family... families) {
        return negotiated(context, endOfRib, List.of(), families);
    }

    static Negotiated negotiated(UpdateContext context, boolean endOfRib, List<Family> addPath, Family... families) {
        return new Negotiated(List.of(families), 90, 1, endOfRib, endOfRib, false, false, endOfRib, addPath, context);
    }

    static Announcement announcement(String prefix, String nextHop, String... communities) {
        return new Announcement(
                IpPrefix.valueOf(prefix), IpAddress.valueOf(nextHop), List.of(communities), List.of(), List.of("t"));
    }

    static Announcement announcement(String prefix, String nextHop, List<String> neighbors) {
        return new Announcement(
                IpPrefix.valueOf(prefix),
                IpAddress.valueOf(nextHop),
                List.of(),
                OptionalLong.empty(),
                false,
                neighbors,
                List.of("t"));
    }
}
