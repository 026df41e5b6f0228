package io.natator.model.peering;

import java.util.List;

/**
 * What is offered in OPEN and may be turned on or off; 4-octet AS numbers, route refresh and extended messages always are.
 *
 * @param families at least one, no duplicates
 * @param extendedNextHop IPv4 routes may have IPv6 next hops (RFC 8950)
 * @param addPathSend several routes of one prefix, one a next hop (RFC 7911)
 */
public record Features(
        List<AddressFamily> families, boolean extendedNextHop, boolean addPathSend, GracefulRestart gracefulRestart) {
    public static final Features DEFAULT =
            new Features(List.of(AddressFamily.values()), false, false, GracefulRestart.DEFAULT);

    public Features {
        families = List.copyOf(families);
    }
}
