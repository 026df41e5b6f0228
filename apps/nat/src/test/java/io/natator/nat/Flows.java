package io.natator.nat;

import io.natator.model.packet.Packet.Ip;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** By what the flows of hosts with several outside addresses came in: an unbounded model of what software switches do. */
final class Flows<T> {
    private final Map<List<Object>, T> known = new HashMap<>();

    /** @param packet to the inside */
    void came(T by, Ip packet) {
        if (!isError(packet)) {
            known.put(List.of(packet.protocol(), packet.dst(), packet.dstPort(), packet.src(), packet.srcPort()), by);
        }
    }

    /** @param packet from the inside */
    Optional<T> of(Ip packet) {
        return isError(packet)
                ? Optional.empty()
                : Optional.ofNullable(known.get(
                        List.of(packet.protocol(), packet.src(), packet.srcPort(), packet.dst(), packet.dstPort())));
    }

    /** What it quotes is beyond this model. */
    static boolean isError(Ip packet) {
        return switch (packet.protocol()) {
            case 1 -> List.of(3, 4, 5, 11, 12).contains(packet.srcPort());
            case 58 -> packet.srcPort() >= 1 && packet.srcPort() <= 4;
            default -> false;
        };
    }
}
