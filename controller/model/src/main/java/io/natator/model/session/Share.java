package io.natator.model.session;

import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpPrefix;

/**
 * What one software switch does of one translation that rules alone cannot do. Rules send packets to it by its
 * {@code id}. Of {@link Kind#STATIC} translations: what has an inner header (ICMP errors), and what did not fit the device.
 * Frames from {@link io.natator.model.proof.ProbeCase#MAC} get no session: of DYNAMIC, NAPT and NAT64 shares, whoever they are from
 * leaves with the first address of {@code outside}, and whatever they are for goes to the first address of {@code inside}.
 *
 * @param id unique on the software switch, 1 to 2³¹−1; the same as long as the translation lives
 * @param translation id, for logs and counters
 * @param kind how addresses correspond
 * @param inside where the hosts live
 * @param outside STATIC: one prefix of the length of {@code inside}; SIIT: one of IPv4, with no more host bits than {@code inside}, which
 *     is of IPv6; else the addresses that this switch gives away, disjoint, in order
 * @param exempt destinations to which inside hosts speak untranslated; disjoint
 * @param affine STATIC: {@code inside} has other outside addresses as well; each flow that came in through a share answers
 *     through the same one, and what a host begins itself takes the share that the rule names
 * @param offered DYNAMIC: rules of a device may do the work of its bindings. Until it is said that none is left from before
 *     ({@link BindingRound#open}), no binding is made
 * @param pool how addresses and ports are given away; {@link Pool#DEFAULT} of STATIC and SIIT ones. Its {@code also} is of no meaning
 *     here
 * @param embedding SIIT and NAT64: where inside hosts find IPv4 ones; empty of others
 */
public record Share(
        int id,
        String translation,
        Kind kind,
        IpPrefix inside,
        List<IpPrefix> outside,
        List<IpPrefix> exempt,
        boolean affine,
        boolean offered,
        Pool pool,
        Optional<Embedding> embedding) {

    /** Which way a packet goes through a translation. */
    public enum Direction {
        /** Its destination is an outside address. */
        TO_INSIDE,
        /** Its source is an inside address; its destination may be an outside one (hairpin, RFC 4787, section 6). */
        TO_OUTSIDE
    }

    /** One whose bindings are the software switch's alone. */
    public Share(
            int id,
            String translation,
            Kind kind,
            IpPrefix inside,
            List<IpPrefix> outside,
            List<IpPrefix> exempt,
            boolean affine,
            Pool pool) {
        this(id, translation, kind, inside, outside, exempt, affine, false, pool, Optional.empty());
    }

    /** One that keeps the family. */
    public Share(
            int id,
            String translation,
            Kind kind,
            IpPrefix inside,
            List<IpPrefix> outside,
            List<IpPrefix> exempt,
            boolean affine,
            boolean offered,
            Pool pool) {
        this(id, translation, kind, inside, outside, exempt, affine, offered, pool, Optional.empty());
    }

    public Share {
        outside = List.copyOf(outside);
        exempt = List.copyOf(exempt);
    }
}
