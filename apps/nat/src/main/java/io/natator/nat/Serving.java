package io.natator.nat;

import io.natator.model.compile.Surroundings;
import io.natator.model.compile.Surroundings.Client;
import io.natator.model.device.Capabilities;
import io.natator.model.device.ResolvedPort;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Link;
import io.natator.model.intent.SharedInside;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.onlab.packet.IpPrefix;

/**
 * What a device has done for it by others or by sessions of its own, and what it does for others.
 *
 * @param reach how its packets get there
 * @param shares of the device itself, if it is a software switch
 */
record Serving(Services services, Reach reach, List<Served> served, Shares shares) {
    static Serving of(
            Device device, Capabilities capabilities, List<Translation> translations, Surroundings surroundings) {
        Abilities abilities = Abilities.of(device, capabilities);
        Services services = Services.of(device, surroundings.switches(), abilities);
        List<Shares.Entry> entries = new ArrayList<>();
        if (services.itself()) {
            SharedInside shared = new SharedInside(translations);
            translations.forEach(t -> services.parts(t).forEach(p -> entries.add(entry(p, t, shared))));
        }
        List<Client> clients = surroundings.clients().stream()
                .sorted(Comparator.comparing(c -> c.device().id()))
                .toList();
        for (Client client : clients) {
            SharedInside shared = new SharedInside(client.translations());
            for (Translation translation : client.translations()) {
                here(device, client, translation).forEach(p -> entries.add(entry(p, translation, shared)));
            }
        }
        Shares shares = new Shares(entries);
        Reach.Direct direct = new Reach.Direct(shares.numbers());
        List<Served> served = new ArrayList<>();
        for (Client client : clients) {
            for (int port : ports(client, device, capabilities)) {
                served.add(served(device, client, port, abilities, direct));
            }
        }
        Reach reach =
                services.itself() ? direct : new Reach.Linked(Tags.ways(device), ResolvedPort.of(device, capabilities));
        return new Serving(services, reach, List.copyOf(served), shares);
    }

    private static Shares.Entry entry(Part part, Translation translation, SharedInside shared) {
        return new Shares.Entry(part, translation, !shared.with(translation).isEmpty());
    }

    /** Ports of the software switch that lead to a client. */
    private static List<Integer> ports(Client client, Device here, Capabilities capabilities) {
        List<Integer> ports = new ArrayList<>();
        for (DevicePort port : client.device().ports()) {
            Optional<Link> link = port.link().filter(l -> l.device().equals(here.id()));
            link.flatMap(l -> capabilities.port(l.port())).ifPresent(p -> ports.add(p.number()));
        }
        return ports;
    }

    /** Stateless ones are done by every software switch, so that none is missed when it goes. */
    private static List<Part> here(Device here, Client client, Translation translation) {
        return Services.of(client.device(), client.switches(), false).parts(translation).stream()
                .filter(p -> !translation.kind().stateful() || p.device().equals(here.id()))
                .map(p -> new Part(p.client(), p.translation(), p.index(), here.id(), p.inside(), p.outside()))
                .toList();
    }

    private static Served served(Device here, Client client, int port, Abilities abilities, Reach.Direct direct) {
        List<Translation> translations = client.translations().stream()
                .sorted(Comparator.comparing(Translation::id))
                .toList();
        Services services = Services.of(client.device(), client.switches(), false);
        Context context = new Context(
                client.device(),
                abilities,
                List.of(),
                new TreeMap<>(),
                translations.stream().anyMatch(t -> !t.isIpv4()),
                Marks.ofLink(port),
                direct,
                false,
                Hairpins.of(client.device(), translations, services),
                List.of());
        SharedInside shared = new SharedInside(translations);
        List<Method> methods = new ArrayList<>();
        for (Translation translation : translations) {
            List<Part> parts = here(here, client, translation);
            if (!parts.isEmpty()) {
                methods.add(Method.served(context, translation, shared, parts));
            }
        }
        return new Served(
                here.id(),
                port,
                direct,
                context,
                List.copyOf(methods),
                elsewhere(here, translations, shared, services));
    }

    /** Hosts of STATIC translations that are shared and that another switch does: it alone remembers. */
    private static List<IpPrefix> elsewhere(
            Device here, List<Translation> translations, SharedInside shared, Services services) {
        List<IpPrefix> inside = new ArrayList<>();
        for (Translation translation : translations) {
            Sharing sharing = Sharing.of(translation, shared, true);
            if (services.parts(translation, sharing.place()).stream()
                    .anyMatch(p -> !p.device().equals(here.id()))) {
                inside.addAll(sharing.inside());
            }
        }
        return Addresses.minimal(inside);
    }
}
