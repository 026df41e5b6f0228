package io.natator.bgp.bfd.fsm;

import io.natator.model.peering.Bfd;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What is configured of one session.
 *
 * @param minTx DesiredMinTxInterval once the session is up, microseconds
 * @param minRx RequiredMinRxInterval, microseconds
 * @param multiplier DetectMult, 1 to 255
 */
public record BfdSettings(long minTx, long minRx, int multiplier, Optional<Bfd.Authentication> authentication) {
    public static BfdSettings of(Bfd bfd) {
        return new BfdSettings(
                TimeUnit.NANOSECONDS.toMicros(bfd.minTx().toNanos()),
                TimeUnit.NANOSECONDS.toMicros(bfd.minRx().toNanos()),
                bfd.multiplier(),
                bfd.authentication());
    }
}
