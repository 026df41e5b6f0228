package io.natator.nat;

import io.natator.model.device.ResolvedPort;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.rule.Actions;
import io.natator.model.rule.Match;
import io.natator.model.session.Share.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;

/** How a packet gets what rules cannot do. */
sealed interface Reach {
    /** One rule's match and what it does. */
    record Way(Match match, Actions actions) {}

    /**
     * What packets of {@code match} get that come in from {@code side}.
     *
     * @param next what becomes of them then, if that is decided here
     */
    List<Way> ways(Stage stage, Side side, Part part, Match match, Actions next);

    /** The same of packets whose {@code match} already says by which port they come. */
    default Optional<Way> here(Stage stage, Side side, Part part, Match match) {
        return Optional.empty();
    }

    /** By an action of the switch's own. */
    record Direct(Map<Part.Key, Integer> shares) implements Reach {
        @Override
        public List<Way> ways(Stage stage, Side side, Part part, Match match, Actions next) {
            Direction direction = stage == Stage.TO_OUTSIDE ? Direction.TO_OUTSIDE : Direction.TO_INSIDE;
            // Rules are counted before all shares have their numbers.
            int share = shares.getOrDefault(part.key(), 1);
            return List.of(new Way(match, next.after(Actions.translate(share, direction))));
        }
    }

    /** By a software switch behind a SERVICE port, which sends it back. */
    record Linked(List<Tags.Way> entries, List<ResolvedPort> ports) implements Reach {
        @Override
        public List<Way> ways(Stage stage, Side side, Part part, Match match, Actions next) {
            Optional<ResolvedPort> port = port(part);
            if (port.isEmpty()) {
                return List.of();
            }
            List<Way> ways = new ArrayList<>();
            for (Tags.Way entry : entries) {
                boolean there = entry.port().isEmpty()
                        || ports.stream().anyMatch(p -> p.config().port().equals(entry.port()));
                if (entry.side() == side && there) {
                    ways.add(new Way(
                            Tags.from(entry, ports, match),
                            send(entry, stage, PortNumber.portNumber(port.get().number()))));
                }
            }
            return ways;
        }

        @Override
        public Optional<Way> here(Stage stage, Side side, Part part, Match match) {
            PortCriterion from = (PortCriterion) match.getCriterion(Criterion.Type.IN_PORT);
            Optional<ResolvedPort> port = port(part);
            Optional<Tags.Way> entry = entries.stream()
                    .filter(e -> ports.stream()
                            .anyMatch(p -> p.config().port().equals(e.port())
                                    && p.number() == from.port().toLong()))
                    .findFirst();
            return port.isEmpty()
                    ? Optional.empty()
                    : entry.map(e -> new Way(
                            match,
                            send(e, stage, PortNumber.portNumber(port.get().number()))));
        }

        /** With its tag, out of a port. */
        static Actions send(Tags.Way entry, Stage stage, PortNumber port) {
            Instruction[] tag = Actions.pushVlan(Tags.vid(entry.index(), stage));
            return Actions.apply(Instructions.createOutput(port)).after(tag);
        }

        /** The port that leads to the switch of {@code part}. */
        Optional<ResolvedPort> port(Part part) {
            return ports.stream()
                    .filter(p -> p.config()
                            .link()
                            .filter(l -> l.device().equals(part.device()))
                            .isPresent())
                    .findFirst();
        }
    }
}
