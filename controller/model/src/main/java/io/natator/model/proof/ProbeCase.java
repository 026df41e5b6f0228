package io.natator.model.proof;

import io.natator.model.packet.Arrival;
import io.natator.model.packet.Packet;

/**
 * One packet whose way through the real tables proves a translation. The frame's source MAC is
 * {@link #MAC}; a rule at the head of the forward table hands such frames to the controller.
 *
 * @param sent what goes in (UDP), and where
 * @param expected what must come back: the evaluator's word
 * @param direction {@code "to-outside"} or {@code "to-inside"}, for people
 */
public record ProbeCase(Arrival sent, Packet expected, String direction) {
    /** Source MAC of probes: locally administered, never a real host's, nor a {@link io.natator.model.device.VirtualMac}. */
    public static final org.onlab.packet.MacAddress MAC = org.onlab.packet.MacAddress.valueOf("02:4e:50:00:00:01");
}
