package io.natator.softswitch.log;

import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.session.Share;
import java.util.List;
import java.util.Optional;
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

    static Share nat64(int id, String translation, int portBlock) {
        Share four = napt(id, translation, portBlock, false);
        return new Share(
                id,
                translation,
                Kind.NAT64,
                IpPrefix.valueOf("2001:db8:1::/64"),
                four.outside(),
                List.of(),
                false,
                false,
                four.pool(),
                Optional.of(Embedding.DEFAULT));
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
