package io.natator.softswitch.log;

import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.session.Share;
import java.util.List;
import org.onlab.packet.IpPrefix;

/** Shares for tests of the log. */
final class Shares {
    private Shares() {}

    static Share dynamic(int id, String translation) {
        return share(id, translation, Kind.DYNAMIC, 0, false);
    }

    static Share napt(int id, String translation, int portBlock, boolean deterministic) {
        return share(id, translation, Kind.NAPT, portBlock, deterministic);
    }

    private static Share share(int id, String translation, Kind kind, int portBlock, boolean deterministic) {
        Pool pool = Pool.DEFAULT
                .but()
                .sessionsPerHost(500)
                .portBlock(portBlock)
                .deterministic(deterministic)
                .build();
        return new Share(
                id,
                translation,
                kind,
                IpPrefix.valueOf("10.0.0.0/8"),
                List.of(IpPrefix.valueOf("203.0.113.0/24")),
                List.of(),
                false,
                pool);
    }
}
