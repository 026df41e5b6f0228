package io.natator.bgp.codec;

/**
 * ROUTE-REFRESH (RFC 2918): the neighbour wants everything of a family again.
 *
 * @param afi address family as sent; the decoder leaves it to the receiver to ignore unknown ones
 * @param subtype 0 is a request; others (RFC 7313) are ignored
 */
public record RouteRefresh(int afi, int subtype, int safi) implements Message {}
