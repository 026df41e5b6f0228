package io.natator.bgp.codec;

import java.util.List;
import java.util.Optional;

/**
 * OPEN (RFC 4271, section 4.2).
 *
 * @param as the speaker's AS, that of the 4-octet capability if there is one
 * @param holdTime proposed hold time in seconds: 0, or 3 to 65535
 * @param routerId BGP identifier, an unsigned number that is not 0
 */
public record Open(long as, int holdTime, int routerId, List<Capability> capabilities) implements Message {
    public Open {
        capabilities = List.copyOf(capabilities);
    }

    /** The capability of a type, if the OPEN has it; of several the last (RFC 4724, section 3). */
    public <T extends Capability> Optional<T> capability(Class<T> type) {
        return capabilities.stream().filter(type::isInstance).map(type::cast).reduce((first, last) -> last);
    }
}
