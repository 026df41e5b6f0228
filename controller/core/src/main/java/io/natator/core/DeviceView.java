package io.natator.core;

import io.natator.model.compile.Refusal;
import io.natator.model.device.Capabilities;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/**
 * What the core knows of one device, frozen: plans start from it.
 *
 * @param capabilities as last told; empty if it never connected
 * @param translations whose rules it is told to hold
 * @param rules that it is told to hold
 * @param refused what it refused, by id of the translation
 */
public record DeviceView(
        Device device,
        boolean connected,
        Optional<Capabilities> capabilities,
        List<Translation> translations,
        List<Rule> rules,
        Map<IpAddress, MacAddress> nextHops,
        Map<String, Refusal> refused) {}
