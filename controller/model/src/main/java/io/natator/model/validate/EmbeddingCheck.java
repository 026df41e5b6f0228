package io.natator.model.validate;

import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.intent.Embedding;
import io.natator.model.intent.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.onlab.packet.IpPrefix;

/** Checks what only SIIT and NAT64 translations have: where inside hosts find IPv4 ones, and on which devices. */
final class EmbeddingCheck {
    /** The bits of an IPv6 address that must be zero are in its ninth octet (RFC 6052, section 2.2). */
    private static final int ZERO = 8;

    private final Translation candidate;
    private final List<Translation> others;
    private final List<Device> devices;
    private final IpPrefix pref64;
    private final List<Violation> violations = new ArrayList<>();

    /**
     * @param others all other translations
     * @param devices those of the candidate that there are
     */
    EmbeddingCheck(Translation candidate, List<Translation> others, List<Device> devices) {
        this.candidate = candidate;
        this.others = others;
        this.devices = devices;
        this.pref64 = candidate.embedding().orElse(Embedding.DEFAULT).pref64();
    }

    /** True if the hosts of one are some of the other's: of these, the longer prefix is the one that counts. */
    static boolean nested(Translation a, Translation b) {
        return a.kind().crosses() && b.kind().crosses() && !a.inside().equals(b.inside());
    }

    List<Violation> violations() {
        if (candidate.inside().isIp4()) {
            add(
                    "inside",
                    candidate.inside() + " is IPv4: " + candidate.kind() + " is for IPv6 hosts; write an IPv6 block, or"
                            + " set kind to STATIC, DYNAMIC or NAPT");
        }
        if (candidate.perHostRules() && !candidate.kind().stateful()) {
            add("per_host_rules", candidate.kind() + " is not done by rules: leave it out");
        }
        prefix();
        int mtu = candidate.embedding().orElse(Embedding.DEFAULT).ipv6Mtu();
        if (mtu < Embedding.LEAST_MTU || mtu > Embedding.MOST_MTU) {
            add("ipv6_mtu", mtu + " is out of range: write " + Embedding.LEAST_MTU + " to " + Embedding.MOST_MTU);
        }
        devices();
        return violations;
    }

    private void prefix() {
        if (pref64.isIp4() || !Embedding.LENGTHS.contains(pref64.prefixLength())) {
            add(
                    "pref64",
                    pref64 + " has no place for IPv4 addresses: write an IPv6 prefix of "
                            + Embedding.LENGTHS.stream().map(l -> "/" + l).collect(Collectors.joining(", ")));
            return;
        }
        if (pref64.address().toOctets()[ZERO] != 0) {
            add("pref64", pref64 + " is not zero in bits 64 to 71 (RFC 6052, section 2.2): write zeros there");
        }
        Blocks.special(pref64)
                .ifPresent(what ->
                        add("pref64", pref64 + " contains " + what + ", which no host may have: choose another"));
        if (Blocks.overlap(pref64, candidate.inside())) {
            add("pref64", pref64 + " overlaps inside " + candidate.inside() + ": choose a prefix that no host uses");
        }
        for (Translation other : others) {
            other.devices().stream()
                    .filter(candidate.devices()::contains)
                    .findFirst()
                    .ifPresent(device -> beside(other, device));
        }
        for (Device device : devices) {
            device.ports().stream()
                    .flatMap(p -> p.gateways().stream())
                    .map(Gateway::onLink)
                    .filter(l -> Blocks.overlap(pref64, l))
                    .findFirst()
                    .ifPresent(l -> add(
                            "pref64",
                            pref64 + " overlaps " + l + ", which is on a link of devices/" + device.id()
                                    + ": choose a prefix that no host uses"));
        }
    }

    /** One address leads to one IPv4 host, or to an IPv6 one. */
    private void beside(Translation other, String device) {
        String whose = " of translations/" + other.id() + ", also on devices/" + device + ": ";
        if (Blocks.overlap(pref64, other.inside())) {
            add("pref64", pref64 + " overlaps inside " + other.inside() + whose + "choose a prefix that no host uses");
        }
        other.outsides().stream()
                .filter(o -> Blocks.overlap(pref64, o))
                .findFirst()
                .ifPresent(o ->
                        add("pref64", pref64 + " overlaps outside " + o + whose + "choose a prefix that no host uses"));
        other.embedding()
                .map(Embedding::pref64)
                .filter(p -> !p.equals(pref64) && Blocks.overlap(pref64, p))
                .ifPresent(p ->
                        add("pref64", pref64 + " overlaps pref64 " + p + whose + "write the same, or a disjoint one"));
    }

    private void devices() {
        for (int i = 0; i < candidate.devices().size(); i++) {
            String id = candidate.devices().get(i);
            String field = "devices[" + i + "]";
            devices.stream()
                    .filter(d -> d.id().equals(id) && d.mode() != Device.Mode.ROUTED)
                    .findFirst()
                    .ifPresent(d -> add(
                            field,
                            "devices/" + id + " is " + d.mode() + ", and " + candidate.kind()
                                    + " needs a router between IPv6 and IPv4: set its mode to ROUTED, or name another"
                                    + " device"));
        }
    }

    private void add(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
