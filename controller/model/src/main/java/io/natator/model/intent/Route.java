package io.natator.model.intent;

import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** ROUTED: packets to {@code prefix} go to {@code nextHop}, which a gateway's prefix contains. */
public record Route(IpPrefix prefix, IpAddress nextHop) {}
