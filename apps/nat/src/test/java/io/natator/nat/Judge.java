package io.natator.nat;

import io.natator.model.device.Capabilities.Feature;
import io.natator.model.eval.Outcome;
import io.natator.model.fake.FakeTables;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Packet;
import io.natator.model.rule.Actions;
import io.natator.model.rule.Match;
import io.natator.model.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.onosproject.net.PortNumber;

/** Holds what tables did against what the evaluator says. */
final class Judge {
    /** Somebody else's rule, as new bridges of Open vSwitch have it: our ports must not fall to it. */
    static final Rule FOREIGN = new Rule("somebody else", 0, 0, Match.any(), Actions.output(PortNumber.NORMAL));

    private final Set<Feature> features;

    Judge(Set<Feature> features) {
        this.features = features;
    }

    static FakeTables tables(List<Rule> ours) {
        List<Rule> all = new ArrayList<>(ours);
        all.add(FOREIGN);
        return new FakeTables(all);
    }

    boolean agrees(Arrival arrival, Outcome outcome, FakeTables.Result result) {
        List<FakeTables.Emission> out = result.emissions();
        return switch (outcome) {
            case Outcome.NotOurs n -> result.path().equals(List.of(FOREIGN));
            case Outcome.Sent sent -> out.equals(List.of(emission(sent.packet(), PortNumber.portNumber(sent.port()))));
            case Outcome.Copied copied ->
                out.equals(copied.packets().stream()
                        .map(p -> emission(p, PortNumber.portNumber(copied.port())))
                        .toList());
            case Outcome.Normal normal ->
                out.equals(List.of(new FakeTables.Emission(normal.packet(), PortNumber.NORMAL, 0, normal.from())));
            case Outcome.Answered answered ->
                features.containsAll(Set.of(Feature.MOVE, Feature.SET_ARP))
                        ? out.equals(List.of(emission(answered.reply(), PortNumber.portNumber(arrival.inPort()))))
                        : out.equals(List.of(emission(arrival.packet(), PortNumber.CONTROLLER)));
            case Outcome.Controlled c -> controlled(c, out);
            case Outcome.Dropped dropped -> out.isEmpty();
        };
    }

    private boolean controlled(Outcome.Controlled c, List<FakeTables.Emission> out) {
        boolean exact = out.equals(List.of(emission(c.packet(), PortNumber.CONTROLLER)));
        return switch (c.cause()) {
            case OWN_ADDRESS, NO_ROUTE, UNRESOLVED -> exact;
            // Only prefixes of outside blocks can be wanting: they are then not proxied.
            case LINK -> exact || (!features.contains(Feature.MASKED_ARP_ND_MATCH) && out.isEmpty());
            case TTL_EXCEEDED ->
                exact
                        || (!features.contains(Feature.MATCH_TTL)
                                && out.stream().allMatch(e -> e.port().equals(PortNumber.CONTROLLER)));
        };
    }

    private static FakeTables.Emission emission(Packet packet, PortNumber port) {
        return new FakeTables.Emission(packet, port);
    }
}
