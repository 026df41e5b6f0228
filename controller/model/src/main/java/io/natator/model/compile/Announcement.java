package io.natator.model.compile;

import java.util.List;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * A prefix offered to BGP neighbours.
 *
 * @param nextHop of the prefix's family
 * @param communities as written by the user, sorted
 * @param neighbors ids; empty means all
 * @param translations ids of those that it serves, sorted
 */
public record Announcement(
        IpPrefix prefix,
        IpAddress nextHop,
        List<String> communities,
        List<String> neighbors,
        List<String> translations) {}
