package io.natator.softswitch.steps;

import io.natator.model.session.Share;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.onlab.packet.IpPrefix;

/** What shares cannot be carried out, in words. */
final class ShareCheck {
    private ShareCheck() {}

    /** The first thing that is wrong. */
    static Optional<String> wrong(List<Share> shares) {
        Set<Integer> ids = new HashSet<>();
        for (Share share : shares) {
            Optional<String> wrong = ids.add(share.id()) ? wrong(share) : Optional.of("comes twice");
            if (wrong.isPresent()) {
                return Optional.of("share " + share.id() + " of " + share.translation() + ": " + wrong.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> wrong(Share share) {
        if (share.id() < 1) {
            return Optional.of("its id is not positive");
        }
        boolean ipv4 = share.inside().isIp4();
        if (share.outside().stream().anyMatch(o -> o.isIp4() != ipv4)
                || share.exempt().stream().anyMatch(e -> e.isIp4() != ipv4)) {
            return Optional.of("its prefixes are of two families");
        }
        return switch (share.kind()) {
            case STATIC -> fixed(share);
            case DYNAMIC, NAPT -> ipv4 ? Optional.empty() : Optional.of(share.kind() + " is for IPv4 only");
        };
    }

    private static Optional<String> fixed(Share share) {
        List<IpPrefix> outside = share.outside();
        boolean same = outside.size() == 1
                && outside.getFirst().prefixLength() == share.inside().prefixLength();
        return same ? Optional.empty() : Optional.of("STATIC needs one outside prefix of the length of the inside one");
    }
}
