package io.natator.bgp.ribout;

import io.natator.bgp.codec.Communities;
import org.onlab.packet.IpAddress;

/** What all routes with one next hop and one set of communities share; few of them, whatever the number of routes. */
public record Path(IpAddress nextHop, Communities communities) {}
