package io.natator.openflow.l3;

import io.natator.openflow.Count;
import io.natator.openflow.l3.Verdict.Heard;
import io.natator.packet.Arp;
import io.natator.packet.EtherType;
import io.natator.packet.Ethernet;
import java.util.Optional;

/** ARP at a virtual gateway (RFC 826). */
final class ArpAnswers {
    private ArpAnswers() {}

    static Verdict decide(Link link, Ethernet frame, Arp arp, boolean proxy) {
        if (Ethernet.isGroup(arp.sha()) || arp.sha() != frame.src()) {
            return Verdict.drop(Count.PACKETS_IN_MALFORMED);
        }
        Optional<Heard> heard = link.isNeighbor(Addresses.ip4(arp.spa()))
                ? Optional.of(new Heard(Addresses.ip4(arp.spa()), Addresses.mac(arp.sha())))
                : Optional.empty();
        boolean asked = arp.op() == Arp.REQUEST
                && arp.spa() != arp.tpa()
                && (proxy || link.isGateway(Addresses.ip4(arp.tpa())));
        if (!asked) {
            Count count = heard.isPresent() ? Count.NEIGHBORS_HEARD : Count.PACKETS_IN_NOT_FOR_US;
            return Verdict.drop(count).hearing(heard);
        }
        Arp reply = new Arp(Arp.REPLY, link.mac(), arp.tpa(), arp.sha(), arp.spa());
        byte[] out = new Ethernet(arp.sha(), link.mac(), EtherType.ARP, reply.encode()).encode();
        return Verdict.send(Count.ARP_ANSWERED, link.number(), out).hearing(heard);
    }
}
