package io.natator.nat;

import io.natator.model.packet.Addresses;
import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.AddressMatch;
import io.natator.model.rule.Match;
import io.natator.model.rule.Rule;
import io.natator.model.rule.SetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.ExtensionCriterion;
import org.onosproject.net.flow.criteria.IPCriterion;
import org.onosproject.net.flow.criteria.MetadataCriterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions.ExtensionInstructionWrapper;

/**
 * A way through the pipeline: what a packet must be like on arrival to take it, and what has been done to it so far.
 *
 * @param owner of the first rule on the way that has one
 * @param metadata as it stands
 * @param exact criteria other than addresses, on arrival; TTL is the one extension among them
 * @param addresses on arrival
 * @param rewritten what networks have been put into fields
 * @param done actions so far
 */
record Path(
        String owner,
        int priority,
        long metadata,
        Map<Criterion.Type, Criterion> exact,
        Map<AddressField, IpPrefix> addresses,
        Map<AddressField, IpPrefix> rewritten,
        List<Instruction> done) {
    static final Path START = new Path("", 0, 0, Map.of(), Map.of(), Map.of(), List.of());

    /**
     * The way on through {@code rule}; empty if no packet that came this way matches it.
     *
     * @param slots what this adds to the priority
     */
    Optional<Path> through(Rule rule, int slots) {
        Map<Criterion.Type, Criterion> exactNow = exact;
        Map<AddressField, IpPrefix> addressesNow = addresses;
        for (Criterion criterion : rule.selector().criteria()) {
            if (criterion instanceof MetadataCriterion m) {
                if (m.metadata() != metadata) {
                    return Optional.empty();
                }
                continue;
            }
            Optional<AddressMatch> address = address(criterion);
            if (address.isPresent()) {
                AddressField field = address.get().field();
                Optional<IpPrefix> narrowed =
                        narrow(field, addressesNow.get(field), address.get().prefix());
                if (narrowed.isEmpty()) {
                    return Optional.empty();
                }
                if (!narrowed.get().equals(addressesNow.get(field))
                        && narrowed.get().prefixLength() > 0) {
                    addressesNow = with(addressesNow, field, narrowed.get());
                }
                continue;
            }
            Criterion before = exactNow.get(criterion.type());
            if (before == null) {
                exactNow = new TreeMap<>(exactNow);
                exactNow.put(criterion.type(), criterion);
            } else if (!before.equals(criterion)) {
                return Optional.empty();
            }
        }
        return Optional.of(after(rule, slots, exactNow, addressesNow));
    }

    /**
     * What {@code field} must be on arrival to be in {@code wanted} now. A rewrite leaves the host part alone, so
     * what is wanted of it can be asked on arrival.
     */
    private Optional<IpPrefix> narrow(AddressField field, IpPrefix arrived, IpPrefix wanted) {
        IpPrefix network = rewritten.get(field);
        if (network == null) {
            if (arrived == null || wanted.contains(arrived)) {
                return Optional.of(arrived == null ? wanted : arrived);
            }
            return arrived.contains(wanted) ? Optional.of(wanted) : Optional.empty();
        }
        int length = network.prefixLength();
        IpPrefix now = IpPrefix.valueOf(Addresses.withNetwork(arrived.address(), network), arrived.prefixLength());
        if (wanted.contains(now)) {
            return Optional.of(arrived);
        }
        if (!now.contains(wanted)) {
            return Optional.empty();
        }
        IpPrefix network0 = IpPrefix.valueOf(arrived.address(), length);
        return Optional.of(IpPrefix.valueOf(Addresses.withNetwork(wanted.address(), network0), wanted.prefixLength()));
    }

    private Path after(
            Rule rule, int slots, Map<Criterion.Type, Criterion> exactNow, Map<AddressField, IpPrefix> addressesNow) {
        Map<AddressField, IpPrefix> rewrittenNow = rewritten;
        List<Instruction> doneNow = new ArrayList<>(done);
        for (Instruction instruction : rule.treatment().immediate()) {
            doneNow.add(instruction);
            Optional<SetAddress> set = set(instruction);
            if (set.isPresent()) {
                rewrittenNow = with(rewrittenNow, set.get().field(), set.get().to());
            }
        }
        var write = rule.treatment().writeMetadata();
        return new Path(
                owner.isEmpty() ? rule.owner() : owner,
                priority + slots,
                write == null ? metadata : write.metadata(),
                exactNow,
                addressesNow,
                rewrittenNow,
                doneNow);
    }

    private static Optional<SetAddress> set(Instruction instruction) {
        return instruction instanceof ExtensionInstructionWrapper w
                        && w.extensionInstruction() instanceof SetAddress set
                ? Optional.of(set)
                : Optional.empty();
    }

    /** To one address, beyond the first stage, where the device's own are: to a host that may be on a link for now. */
    boolean toHost() {
        return metadata != 0 && addresses.values().stream().anyMatch(p -> p.prefixLength() == (p.isIp4() ? 32 : 128));
    }

    /** The rule puts something else into an address. */
    static boolean rewrites(Rule rule) {
        return rule.treatment().immediate().stream().anyMatch(i -> set(i).isPresent());
    }

    private static Optional<AddressMatch> address(Criterion criterion) {
        return switch (criterion) {
            case IPCriterion c -> Optional.of(new AddressMatch(field(c), c.ip()));
            case ExtensionCriterion c when c.extensionSelector() instanceof AddressMatch m -> Optional.of(m);
            default -> Optional.empty();
        };
    }

    private static AddressField field(IPCriterion criterion) {
        return switch (criterion.type()) {
            case IPV4_SRC -> AddressField.IPV4_SRC;
            case IPV4_DST -> AddressField.IPV4_DST;
            case IPV6_SRC -> AddressField.IPV6_SRC;
            case IPV6_DST -> AddressField.IPV6_DST;
            default -> throw new IllegalArgumentException("not an address: " + criterion);
        };
    }

    private static Map<AddressField, IpPrefix> with(
            Map<AddressField, IpPrefix> map, AddressField field, IpPrefix prefix) {
        Map<AddressField, IpPrefix> more = new EnumMap<>(AddressField.class);
        more.putAll(map);
        more.put(field, prefix);
        return more;
    }

    /** Whoever takes {@code other} takes this too. */
    boolean sameConditions(Path other) {
        return exact.equals(other.exact) && addresses.equals(other.addresses);
    }

    /** Addresses that are rewritten as a whole are among {@code hosts}. */
    boolean rewritesOnly(Set<IpPrefix> hosts) {
        return rewritten.values().stream()
                .allMatch(to -> to.prefixLength() < (to.isIp4() ? 32 : 128) || hosts.contains(to));
    }

    Actions actions() {
        return Actions.apply(done.toArray(Instruction[]::new));
    }

    Match match() {
        Match match = Match.any();
        for (Criterion criterion : exact.values()) {
            match = match.with(criterion);
        }
        for (Map.Entry<AddressField, IpPrefix> address : addresses.entrySet()) {
            match = match.address(address.getKey(), address.getValue());
        }
        return match;
    }
}
