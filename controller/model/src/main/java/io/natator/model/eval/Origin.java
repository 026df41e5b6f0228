package io.natator.model.eval;

import io.natator.model.device.Capabilities;
import io.natator.model.device.ResolvedPort;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Packet.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * What a packet was before a device translated it: an ICMP error must quote it as it was sent. A guess that is checked
 * by translating it. From outside, a packet that was sent to an inside address is taken for one to the outside address
 * that becomes it; once translated, nothing tells the two apart.
 */
public final class Origin {
    private final List<ResolvedPort> ports;
    private final List<Translation> translations;
    private final Translator translator;

    /** @param translations those that the device carries out */
    public Origin(Device device, Capabilities capabilities, List<Translation> translations) {
        this.ports = ResolvedPort.of(device, capabilities);
        this.translations = List.copyOf(translations);
        Routing routing = new Routing(ports, device.routes(), Map.of());
        this.translator = new Translator(device.mode(), translations, Stateful.NONE, routing::leadsInside);
    }

    /** The packet that came in by {@code inPort} and became {@code translated}; that one itself if none would have. */
    public Ip of(int inPort, Ip translated) {
        Optional<ResolvedPort> port =
                ports.stream().filter(p -> p.number() == inPort).findFirst();
        if (port.isEmpty()) {
            return translated;
        }
        for (IpAddress src : candidates(translated.src(), Translation::outside, Translation::inside)) {
            for (IpAddress dst : candidates(translated.dst(), Translation::inside, Translation::outside)) {
                Ip candidate = new Ip(
                        translated.ethSrc(),
                        translated.ethDst(),
                        src,
                        dst,
                        translated.ttl(),
                        translated.protocol(),
                        translated.srcPort(),
                        translated.dstPort());
                if (translator.translate(port.get().side(), candidate).packet().equals(translated)) {
                    return candidate;
                }
            }
        }
        return translated;
    }

    private interface Block {
        IpPrefix of(Translation translation);
    }

    /** What {@code address} may have been before it was of block {@code now}; itself comes last. */
    private List<IpAddress> candidates(IpAddress address, Block now, Block before) {
        List<IpAddress> candidates = new ArrayList<>();
        for (Translation t : translations) {
            if (Addresses.in(now.of(t), address)) {
                candidates.add(Addresses.withNetwork(address, before.of(t)));
            }
        }
        candidates.add(address);
        return candidates;
    }
}
