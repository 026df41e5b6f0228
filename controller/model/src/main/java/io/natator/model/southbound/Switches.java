package io.natator.model.southbound;

import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.proof.ProbeCase;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleSet;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.onlab.packet.IpAddress;

/**
 * The controller's way to its switches, implemented by {@code southbound/openflow}. No call blocks;
 * what comes of it is a {@link SwitchEvent}. Calls for a datapath that is not connected are remembered
 * ({@link #desire}) or dropped and counted (the others).
 */
public interface Switches {
    /** The complete set of devices that are ours; datapaths that are not listed are turned away and logged once. */
    void devices(Collection<Device> devices);

    /**
     * The complete set of rules of ours that the datapath should hold; replaces what was desired before. Reconciled now,
     * on every connect, every 30 s, and when a rule of ours vanishes. Only differences are sent; rules of others are
     * never touched. While nothing was desired yet, the datapath's rules are left as they are.
     */
    void desire(long datapathId, RuleSet desired);

    /**
     * What the desired rules of a ROUTED datapath translate; replaces what was told before. A packet that nobody answers
     * for is quoted to its sender as it was before.
     */
    void translations(long datapathId, List<Translation> translations);

    /** Sends a probe through the real tables; answered by {@link SwitchEvent.ProbeReturned} with the same nonce, or not at all. */
    void probe(long datapathId, long nonce, ProbeCase probe);

    /** Asks for the MAC of an on-link address by ARP or neighbour solicitation, from the gateway whose prefix contains it. */
    void resolve(long datapathId, IpAddress address);

    /**
     * Adds rules that go by themselves after a time, or lets such rules stay for that time from now. They belong to no set of
     * {@link #desire}; those of an earlier connection are removed when the datapath connects.
     *
     * @param id 1 to 2⁵²−1
     * @param time whole seconds, up to 65,535
     */
    void lease(long datapathId, long id, List<Rule> rules, Duration time);

    /** Removes the rules of these ids. */
    void release(long datapathId, Collection<Long> ids);

    /**
     * Asks for the counters of all rules that go by themselves; answered by {@link SwitchEvent.Leases} with the same number, or
     * not at all.
     */
    void readLeases(long datapathId, long number);

    /** Asks for packets and bytes of all rules of one owner; answered by {@link SwitchEvent.Counters}. */
    void readCounters(long datapathId, String owner);
}
