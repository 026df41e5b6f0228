package io.natator.model.compile;

import java.util.List;
import org.onlab.packet.IpPrefix;

/**
 * How one translation is done on one device.
 *
 * @param how for people: {@code "masked set-field"}, {@code "set-field per host"}
 * @param rules rules that belong to it
 * @param translated outside prefixes that are translated, disjoint, minimal, in order; only these may be announced
 * @param degraded why something is not translated ({@code "needs a software switch: …"}); empty if all is
 */
public record Placement(String how, int rules, List<IpPrefix> translated, String degraded) {}
