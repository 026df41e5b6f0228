package io.natator.core;

import io.natator.model.packet.Packet;

/** Packets in words. */
final class Packets {
    private Packets() {}

    static String text(Packet packet) {
        return switch (packet) {
            case Packet.Arp p ->
                "arp %s %s->%s (%s->%s)"
                        .formatted(p.op() == 1 ? "request" : "reply", p.spa(), p.tpa(), p.ethSrc(), p.ethDst());
            case Packet.Ip p ->
                "ip %s->%s protocol %d ttl %d (%s->%s)"
                        .formatted(p.src(), p.dst(), p.protocol(), p.ttl(), p.ethSrc(), p.ethDst());
            case Packet.Nd p ->
                "icmpv6 %d %s->%s target %s (%s->%s)"
                        .formatted(p.type(), p.src(), p.dst(), p.target(), p.ethSrc(), p.ethDst());
        };
    }
}
