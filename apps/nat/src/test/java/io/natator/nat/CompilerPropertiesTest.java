package io.natator.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.device.Capabilities;
import io.natator.model.eval.Evaluator;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Packet.Ip;
import io.natator.model.rule.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/** What holds of every compilation and every translation. */
class CompilerPropertiesTest {
    private static final NatCompiler COMPILER = new NatCompiler();

    @Test
    void orderDoesNotMatter() {
        Seeds.some().forEach(seed -> {
            Scenario scenario = scenario(seed, 3);
            Capabilities capabilities = capabilities(scenario, seed);
            List<Translation> shuffled = new ArrayList<>(scenario.translations);
            Collections.shuffle(shuffled, new Random(seed));
            List<IpAddress> addresses = new ArrayList<>(scenario.nextHops.keySet());
            Collections.shuffle(addresses, new Random(seed));
            Map<IpAddress, MacAddress> nextHops = new LinkedHashMap<>();
            addresses.forEach(a -> nextHops.put(a, scenario.nextHops.get(a)));
            assertThat(COMPILER.compile(scenario.device, capabilities, shuffled, nextHops))
                    .as("seed " + seed)
                    .isEqualTo(
                            COMPILER.compile(scenario.device, capabilities, scenario.translations, scenario.nextHops));
        });
    }

    /** One translation more adds rules; those of the others stay as they are. */
    @Test
    void othersAreLeftAlone() {
        Seeds.some().forEach(seed -> {
            Scenario scenario = scenario(seed, 2);
            Capabilities capabilities = capabilities(scenario, seed);
            List<Translation> fewer = scenario.translations.subList(0, scenario.translations.size() - 1);
            boolean ipv6 = fewer.stream().anyMatch(t -> !t.isIpv4());
            if (scenario.translations.stream().anyMatch(t -> !t.isIpv4()) != ipv6) {
                return; // with the first IPv6 translation, neighbour discovery gets rules
            }
            Set<List<Object>> rules = identities(scenario, capabilities, scenario.translations);
            assertThat(rules).as("seed " + seed).containsAll(identities(scenario, capabilities, fewer));
        });
    }

    /** Without owners: an exemption that two translations ask for belongs to the first. */
    private static Set<List<Object>> identities(
            Scenario scenario, Capabilities capabilities, List<Translation> translations) {
        Set<List<Object>> identities = new HashSet<>();
        for (Rule r : COMPILER.compile(scenario.device, capabilities, translations, scenario.nextHops)
                .rules()) {
            identities.add(List.of(r.table(), r.priority(), r.selector(), r.treatment()));
        }
        return identities;
    }

    private static Scenario scenario(long seed, int hostBits) {
        return new Scenario(seed, mode(seed), hostBits);
    }

    private static Device.Mode mode(long seed) {
        List<Device.Mode> modes = List.of(Device.Mode.TRANSPARENT, Device.Mode.ROUTED, Device.Mode.NORMAL);
        return modes.get((int) (seed % modes.size()));
    }

    private static Capabilities capabilities(Scenario scenario, long seed) {
        boolean masked = seed % 2 == 0;
        return scenario.capabilities(
                masked ? Fixtures.OVS : Fixtures.HARDWARE, seed % 4 < 2 ? 4 : 1, Integer.MAX_VALUE);
    }

    /** An answer to what left translated comes back to who sent it. */
    @ParameterizedTest
    @EnumSource
    void thereAndBackIsTheIdentity(Device.Mode mode) {
        int[] checked = new int[2];
        Seeds.some().forEach(seed -> {
            Scenario scenario = new Scenario(seed, mode, 0);
            Capabilities capabilities = scenario.capabilities(Fixtures.OVS, 254, Integer.MAX_VALUE);
            Evaluator evaluator =
                    new Evaluator(scenario.device, capabilities, scenario.translations, scenario.nextHops);
            for (int i = 0; i < 200; i++) {
                Ip packet = scenario.ip(scenario.mac(), scenario.random.nextInt(3) > 0);
                Side side = scenario.random.nextBoolean() ? Side.INSIDE : Side.OUTSIDE;
                Ip there = (Ip) evaluator.translate(side, packet);
                if (there.equals(packet) || !inDomain(scenario, side, packet)) {
                    continue;
                }
                boolean hairpin = side == Side.INSIDE
                        && mode == Device.Mode.ROUTED
                        && !there.dst().equals(packet.dst());
                Side back = side == Side.OUTSIDE || hairpin ? Side.INSIDE : Side.OUTSIDE;
                assertThat(evaluator.translate(back, swapped(there)))
                        .as("seed " + seed + "\n" + scenario + "\n" + packet + "\n" + there)
                        .isEqualTo(swapped(packet));
                checked[hairpin ? 1 : 0]++;
            }
        });
        System.out.println(mode + ": " + checked[0] + " there and back, " + checked[1] + " hairpins");
        assertThat(checked[0]).isPositive();
        assertThat(checked[1] > 0).isEqualTo(mode == Device.Mode.ROUTED);
    }

    private static Ip swapped(Ip p) {
        return new Ip(p.ethDst(), p.ethSrc(), p.dst(), p.src(), p.ttl(), p.protocol(), p.dstPort(), p.srcPort());
    }

    /** {@code docs/pipeline.md} lists what is not: no stateless translation can tell these apart. */
    private static boolean inDomain(Scenario scenario, Side side, Ip packet) {
        Optional<Translation> source = owner(scenario, packet.src(), true);
        Optional<Translation> destination = owner(scenario, packet.dst(), false);
        if (side == Side.INSIDE) {
            // Who has no outside address of his own, or speaks to a gateway by its outside address.
            boolean toGateway = source.isPresent()
                    && source.get().gateways().stream()
                            .anyMatch(g -> Addresses.withNetwork(g, source.get().outside())
                                    .equals(packet.dst()));
            // The answer would be exempt: the exempt destination lies in our own outside addresses.
            boolean exemptAnswer = destination.isPresent()
                    && source.isPresent()
                    && exempt(
                            destination.get(),
                            Addresses.withNetwork(packet.src(), source.get().outside()));
            return source.isPresent() && !toGateway && !exemptAnswer;
        }
        // Who comes from outside with an inside source address, or from one that the routes say is inside.
        return scenario.device.mode() == Device.Mode.ROUTED
                ? owner(scenario, packet.src(), true).isEmpty()
                        && owner(scenario, packet.src(), false).isEmpty()
                        && !insideWorld(packet.src())
                : owner(scenario, packet.src(), true).isEmpty();
    }

    private static boolean insideWorld(IpAddress address) {
        String text = address.toString();
        return text.startsWith("10.1.")
                || text.startsWith("10.5.")
                || text.startsWith("fd00:1:")
                || text.startsWith("fd00:5:");
    }

    private static boolean exempt(Translation translation, IpAddress address) {
        return translation.exempt().stream().anyMatch(e -> Addresses.in(e, address));
    }

    private static Optional<Translation> owner(Scenario scenario, IpAddress address, boolean inside) {
        return scenario.translations.stream()
                .filter(t -> Addresses.in(inside ? t.inside() : t.outside(), address))
                .findFirst();
    }
}
