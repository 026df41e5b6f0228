package io.natator.model.compile;

import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.southbound.SwitchEvent.Failure;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * What a device refused of one translation: it is not tried there again, and goes to a software switch if there is one.
 *
 * @param hosts inside hosts whose rules it refused, at most {@link #MOST_HOSTS}
 * @param all not only these: a rule of the whole block was refused, or too many hosts'
 * @param reason the first error, for people
 */
public record Refusal(SortedSet<IpAddress> hosts, boolean all, String reason) {
    /** Hosts of one translation that are remembered one by one. */
    public static final int MOST_HOSTS = 256;

    public Refusal {
        hosts = Collections.unmodifiableSortedSet(all ? new TreeSet<>() : new TreeSet<>(hosts));
    }

    /**
     * What is known of {@code translation} after some of its rules were refused.
     *
     * @param before what was known
     * @param failures at least one
     */
    public static Refusal after(Optional<Refusal> before, Translation translation, List<Failure> failures) {
        SortedSet<IpAddress> hosts = new TreeSet<>(before.map(Refusal::hosts).orElse(Collections.emptySortedSet()));
        boolean all = before.map(Refusal::all).orElse(false);
        for (Failure failure : failures) {
            List<IpAddress> concerned = failure.addresses().stream()
                    .flatMap(p -> host(translation, p).stream())
                    .toList();
            hosts.addAll(concerned);
            all |= concerned.isEmpty() || hosts.size() > MOST_HOSTS;
            if (all) {
                break;
            }
        }
        return new Refusal(
                hosts,
                all,
                before.map(Refusal::reason).orElse(failures.getFirst().reason()));
    }

    /** The inside host that a rule's address stands for. */
    private static Optional<IpAddress> host(Translation translation, IpPrefix matched) {
        boolean single = matched.prefixLength() == (matched.isIp4() ? 32 : 128);
        if (single && Addresses.in(translation.inside(), matched.address())) {
            return Optional.of(matched.address());
        }
        return single && Addresses.in(translation.outside(), matched.address())
                ? Optional.of(Addresses.withNetwork(matched.address(), translation.inside()))
                : Optional.empty();
    }
}
