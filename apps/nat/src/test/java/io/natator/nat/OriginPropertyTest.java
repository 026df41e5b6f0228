package io.natator.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.device.Capabilities;
import io.natator.model.device.ResolvedPort;
import io.natator.model.eval.Evaluator;
import io.natator.model.eval.Origin;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Packet.Ip;
import org.junit.jupiter.api.Test;

/** Undoing a translation, which ICMP errors need for their quotations. */
class OriginPropertyTest {
    @Test
    void whatWasSentIsFoundAgain() {
        int[] counts = new int[2];
        Seeds.some().forEach(seed -> {
            Scenario scenario = new Scenario(seed, Device.Mode.ROUTED, 2);
            Capabilities capabilities = scenario.capabilities(Fixtures.OVS, 254, Integer.MAX_VALUE);
            Evaluator evaluator =
                    new Evaluator(scenario.device, capabilities, scenario.translations, scenario.nextHops);
            Origin origin = new Origin(scenario.device, capabilities, scenario.translations);
            for (int i = 0; i < 200; i++) {
                Arrival arrival = scenario.arrival(capabilities);
                if (!(arrival.packet() instanceof Ip sent)) {
                    continue;
                }
                var side = ResolvedPort.of(scenario.device, capabilities).stream()
                        .filter(p -> p.number() == arrival.inPort())
                        .findFirst();
                if (side.isEmpty()) {
                    assertThat(origin.of(arrival.inPort(), sent)).isEqualTo(sent);
                    continue;
                }
                Ip translated = (Ip) evaluator.translate(side.get().side(), sent);
                Ip found = origin.of(arrival.inPort(), translated);
                assertThat(evaluator.translate(side.get().side(), found))
                        .as("seed %d, %s by port %d, found %s", seed, sent, arrival.inPort(), found)
                        .isEqualTo(translated);
                if (!found.equals(sent)) {
                    assertThat(scenario.translations)
                            .as("seed %d, %s by port %d, found %s", seed, sent, arrival.inPort(), found)
                            .anyMatch(t -> isAmbiguous(t, sent));
                }
                counts[0] += translated.equals(sent) ? 0 : 1;
                counts[1] += !translated.equals(sent) && found.equals(sent) ? 1 : 0;
            }
        });
        assertThat(counts[0]).isPositive();
        assertThat(counts[1]).isGreaterThan(counts[0] / 2);
    }

    /** Sent to or from an address that others become by this translation. */
    private static boolean isAmbiguous(Translation t, Ip sent) {
        return Addresses.in(t.inside(), sent.dst()) || Addresses.in(t.outside(), sent.src());
    }
}
