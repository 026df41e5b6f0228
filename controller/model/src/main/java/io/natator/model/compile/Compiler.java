package io.natator.model.compile;

import io.natator.model.device.Capabilities;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.proof.ProbeCase;
import java.util.List;
import java.util.Map;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/** From intent to rules: pure. Implemented by {@code apps/nat}. */
public interface Compiler {
    /**
     * All rules that {@code device} should hold.
     *
     * @param translations those placed on this device, any order; the result does not depend on it
     * @param nextHops ROUTED: resolved next hops and on-link hosts
     */
    Compilation compile(
            Device device,
            Capabilities capabilities,
            List<Translation> translations,
            Map<IpAddress, MacAddress> nextHops,
            Surroundings surroundings);

    /** Of a device that is on its own. */
    default Compilation compile(
            Device device,
            Capabilities capabilities,
            List<Translation> translations,
            Map<IpAddress, MacAddress> nextHops) {
        return compile(device, capabilities, translations, nextHops, Surroundings.NONE);
    }

    /**
     * Probes that prove {@code translation}: both directions, first, last and some other addresses of each
     * translated prefix, chosen by {@code seed}. Expected results come from the evaluator, never from the rules.
     *
     * @param placement what {@link #compile} said of {@code translation}: only what it translates is probed
     */
    List<ProbeCase> probes(
            Device device,
            Capabilities capabilities,
            List<Translation> translations,
            Translation translation,
            Placement placement,
            long seed,
            Surroundings surroundings);

    /** Of a device that is on its own. */
    default List<ProbeCase> probes(
            Device device,
            Capabilities capabilities,
            List<Translation> translations,
            Translation translation,
            Placement placement,
            long seed) {
        return probes(device, capabilities, translations, translation, placement, seed, Surroundings.NONE);
    }
}
