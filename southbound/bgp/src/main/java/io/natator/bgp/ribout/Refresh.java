package io.natator.bgp.ribout;

import io.natator.bgp.codec.Encoder;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.RouteRefresh;
import java.util.Arrays;

/** The marks around routes that are told again (RFC 7313, section 4). */
final class Refresh {
    private Refresh() {}

    static byte[] begin(Family family) {
        return Encoder.encode(new RouteRefresh(family.afi(), RouteRefresh.BEGIN, family.safi()));
    }

    static byte[] end(Family family) {
        return Encoder.encode(new RouteRefresh(family.afi(), RouteRefresh.END, family.safi()));
    }

    static boolean isEnd(byte[] message) {
        return Arrays.stream(Family.values()).anyMatch(family -> Arrays.equals(message, end(family)));
    }
}
