package io.natator.core.sim;

import io.natator.model.device.Capabilities;
import io.natator.model.fake.FakeTables;
import io.natator.model.packet.Addresses;
import io.natator.model.packet.Arrival;
import io.natator.model.packet.Fields;
import io.natator.model.packet.Packet;
import io.natator.model.packet.Packet.Ip;
import io.natator.model.rule.AddressMatch;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleSet;
import io.natator.model.rule.Translate;
import io.natator.model.session.Share;
import io.natator.model.southbound.SwitchEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.criteria.ExtensionCriterion;
import org.onosproject.net.flow.criteria.IPCriterion;

/** A switch that executes its rules, together with what the southbound remembers of it. */
final class FakeSwitch {
    private record Identity(int table, int priority, TrafficSelector selector) {}

    final long datapathId;
    final Capabilities capabilities;
    private final Map<Identity, Rule> rules = new LinkedHashMap<>();
    boolean connected;
    /** The southbound's memory: lost when the controller restarts. */
    RuleSet desired;
    /** Generation that was last synced; restored rules are counted within one generation. */
    long synced;

    Predicate<Rule> refuses = r -> false;

    /** What it is told to do with state. */
    List<Share> shares = List.of();

    /** Live ones, by share; what is not here is not told. */
    Map<Integer, Long> sessions = Map.of();

    int changes;

    FakeSwitch(long datapathId, Capabilities capabilities) {
        this.datapathId = datapathId;
        this.capabilities = capabilities;
    }

    /** Makes the rules equal to what is desired. */
    SwitchEvent.Synced sync() {
        Map<Identity, Rule> wanted = new LinkedHashMap<>();
        List<SwitchEvent.Failure> failures = new ArrayList<>();
        for (Rule rule : desired.rules()) {
            if (refuses.test(rule)) {
                String text = "table=" + rule.table();
                failures.add(new SwitchEvent.Failure(rule.owner(), text, addresses(rule), "bad action: set by test"));
            } else {
                wanted.put(new Identity(rule.table(), rule.priority(), rule.selector()), rule);
            }
        }
        int added = 0;
        boolean again = synced == desired.generation();
        Map<String, Integer> restored = new TreeMap<>();
        int kept = 0;
        for (var entry : wanted.entrySet()) {
            if (entry.getValue().equals(rules.get(entry.getKey()))) {
                kept++;
            } else {
                added++;
                if (again) {
                    restored.merge(entry.getValue().owner(), 1, Integer::sum);
                }
            }
        }
        int removed = (int)
                rules.keySet().stream().filter(i -> !wanted.containsKey(i)).count();
        synced = desired.generation();
        changes += added + removed;
        rules.clear();
        rules.putAll(wanted);
        return new SwitchEvent.Synced(datapathId, desired.generation(), added, kept, removed, restored, failures);
    }

    /** Prefixes that a rule matches. */
    private static List<IpPrefix> addresses(Rule rule) {
        return rule.selector().criteria().stream()
                .flatMap(c -> switch (c) {
                    case IPCriterion ip -> Stream.of(ip.ip());
                    case ExtensionCriterion e
                    when e.extensionSelector() instanceof AddressMatch m -> Stream.of(m.prefix());
                    default -> Stream.of();
                })
                .toList();
    }

    /** Some rules vanish behind the controller's back. */
    int lose(Random random) {
        int before = rules.size();
        rules.values().removeIf(r -> random.nextInt(3) == 0);
        return before - rules.size();
    }

    /** All rules of a translation vanish; returns how many. */
    int lose(String owner) {
        int before = rules.size();
        rules.values().removeIf(r -> r.owner().equals(owner));
        return before - rules.size();
    }

    /** With its tag, and with shares that answer probes as software switches do. */
    FakeTables.Result execute(Arrival arrival, int vlan) {
        return new FakeTables(rules.values()).execute(arrival, vlan, this::translate);
    }

    private Optional<Packet> translate(Translate action, Packet packet) {
        boolean out = action.direction() == Share.Direction.TO_OUTSIDE;
        Ip ip = (Ip) packet;
        return shares.stream().filter(s -> s.id() == action.share()).findFirst().map(s -> {
            IpPrefix to = out ? s.outside().getFirst() : s.inside();
            IpAddress old = out ? ip.src() : ip.dst();
            return Fields.set(
                    ip,
                    out ? Fields.source(ip) : Fields.destination(ip),
                    s.kind().stateful() ? to.address() : Addresses.withNetwork(old, to));
        });
    }

    FakeTables.Result execute(Arrival arrival) {
        return new FakeTables(rules.values()).execute(arrival);
    }

    List<Rule> rules() {
        return List.copyOf(rules.values());
    }
}
