package io.natator.model.eval;

import io.natator.model.packet.Addresses;
import io.natator.model.packet.Fields;
import io.natator.model.packet.Packet;
import io.natator.model.rule.AddressField;
import org.onlab.packet.IpPrefix;

/**
 * Puts {@code to} in the place of {@code from} and keeps the host part.
 *
 * @param from of the length of {@code to}
 */
public record Rewrite(AddressField field, IpPrefix from, IpPrefix to) {
    /** The packet's field is in {@code from}. */
    public boolean applies(Packet packet) {
        return Fields.get(packet, field)
                .filter(address -> Addresses.in(from, address))
                .isPresent();
    }

    /** The packet, rewritten if it {@link #applies}. */
    public Packet apply(Packet packet) {
        return applies(packet)
                ? Fields.set(
                        packet,
                        field,
                        Addresses.withNetwork(Fields.get(packet, field).orElseThrow(), to))
                : packet;
    }

    /** What undoes it in a packet of the other direction. */
    public Rewrite reversed() {
        return new Rewrite(field.mirrored(), to, from);
    }
}
