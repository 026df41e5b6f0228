package io.natator.model.validate;

import io.natator.model.peering.Bfd;
import io.natator.model.peering.ExportPolicy;
import io.natator.model.peering.Features;
import io.natator.model.peering.GracefulRestart;
import io.natator.model.peering.Peering;
import io.natator.model.peering.PrefixRange;
import io.natator.model.peering.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.onlab.packet.IpAddress;

/** Checks what a session is to be like; violations in the order of the fields of the message. */
final class PeeringCheck {
    private static final long MAX_32 = 0xFFFF_FFFFL;
    // TCP MD5 keys: what Linux takes (TCP_MD5SIG_MAXKEYLEN).
    private static final int MAX_PASSWORD = 80;
    private static final int MAX_SHUTDOWN_TEXT = 255;
    private static final long MAX_RESTART_SECONDS = 4095;
    private static final long MAX_STALE_SECONDS = (1 << 24) - 1;
    private static final int MAX_PREPEND = 16;
    // IFNAMSIZ of Linux, less the zero.
    private static final Pattern INTERFACE = Pattern.compile("[^\\s/:]{1,15}");

    private final Peering peering;
    private final List<Violation> violations;

    PeeringCheck(Peering peering, List<Violation> violations) {
        this.peering = peering;
        this.violations = violations;
    }

    /** Everything but AS numbers and what depends on the neighbour's address. */
    void check() {
        routerId();
        holdTime();
        password();
        shutdownText();
        peering.bfd().authentication().ifPresent(this::bfdKey);
        transport(peering.transport());
        features(peering.features());
        if (peering.imports().maxPrefixes() < 0) {
            add("import_policy.max_prefixes", "is negative: write a number, or leave it out for no limit");
        }
        exports(peering.exports());
        bfd(peering.bfd());
    }

    /** @param field of the message */
    void as(String field, long number) {
        if (number < 1 || number > MAX_32) {
            add(field, number + " is not an AS number: write 1 to " + MAX_32 + " (RFC 6793)");
        } else if (number == 23456) {
            add(field, "23456 stands for AS numbers of more than 16 bits (RFC 6793): write the real one");
        }
    }

    /** The source address must be of the neighbour's family. */
    void localAddress(IpAddress remote) {
        peering.transport().localAddress().ifPresent(local -> {
            if (local.isIp4() != remote.isIp4()) {
                add(
                        "local_address",
                        local + " is " + Blocks.family(local) + " but address " + remote + " is "
                                + Blocks.family(remote) + ": write one of that family, or leave it out");
            }
        });
    }

    private void routerId() {
        peering.routerId().ifPresent(id -> {
            if (!id.isIp4() || id.isZero()) {
                add("router_id", id + " is not a BGP identifier: write it like 10.0.0.1 (RFC 6286)");
            }
        });
    }

    private void holdTime() {
        long millis = peering.holdTime().toMillis();
        if (peering.holdTime().isNegative() || (millis > 0 && millis < 3000) || millis > 65_535_000L) {
            add(
                    "hold_time",
                    words(peering.holdTime())
                            + " is not a hold time: write 0s, or 3s to 65535s (RFC 4271, section 4.2)");
        }
    }

    private void password() {
        peering.transport().password().ifPresent(password -> {
            int bytes = octets(password);
            if (bytes > MAX_PASSWORD) {
                add("password", "has " + bytes + " bytes: TCP MD5 takes " + MAX_PASSWORD + " at most");
            }
        });
    }

    private void shutdownText() {
        int bytes = octets(peering.shutdownText());
        if (bytes > MAX_SHUTDOWN_TEXT) {
            add("shutdown_text", "has " + bytes + " bytes: RFC 9003 takes " + MAX_SHUTDOWN_TEXT + " at most");
        }
    }

    private void bfdKey(Bfd.Authentication authentication) {
        int bytes = octets(authentication.key());
        int most = authentication.type().maxKey();
        if (bytes < 1 || bytes > most) {
            add("bfd_auth_key", "has " + bytes + " bytes: " + authentication.type() + " takes 1 to " + most);
        }
    }

    private void transport(Transport transport) {
        transport.ttlSecurityHops().ifPresent(hops -> range("transport.ttl_security_hops", hops, 1, 254, "hops"));
        transport.multihopTtl().ifPresent(ttl -> range("transport.multihop_ttl", ttl, 1, 255, "a TTL"));
        if (transport.ttlSecurityHops().isPresent() && transport.multihopTtl().isPresent()) {
            add(
                    "transport.multihop_ttl",
                    "excludes ttl_security_hops, which sends with TTL 255 (RFC 5082): leave one out");
        }
        transport.bindDevice().ifPresent(device -> {
            if (!INTERFACE.matcher(device).matches()) {
                add(
                        "transport.bind_device",
                        '"' + device + "\" is not the name of a network interface: write 1 to 15 characters, none of"
                                + " them a blank, '/' or ':'");
            }
        });
        transport.keepAlive().ifPresent(t -> duration("transport.keep_alive", t, 1_000, 32_767_000, "1s to 32767s"));
        transport.userTimeout().ifPresent(t -> duration("transport.user_timeout", t, 100, 3_600_000, "0.1s to 3600s"));
    }

    private void features(Features features) {
        if (features.families().isEmpty()) {
            add("capabilities.families", "is empty: name ipv4-unicast, ipv6-unicast, or leave it out for both");
        }
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < features.families().size(); i++) {
            if (!seen.add(features.families().get(i))) {
                add(
                        "capabilities.families[" + i + "]",
                        features.families().get(i).label() + " is listed twice: leave one out");
            }
        }
        GracefulRestart restart = features.gracefulRestart();
        duration(
                "capabilities.graceful_restart.restart_time",
                restart.restartTime(),
                1_000,
                MAX_RESTART_SECONDS * 1000,
                "1s to 4095s (RFC 4724, section 3)");
        duration(
                "capabilities.graceful_restart.long_lived_stale_time",
                restart.longLivedStaleTime(),
                0,
                MAX_STALE_SECONDS * 1000,
                "0s to 16777215s (RFC 9494, section 3.1)");
        if (!restart.enabled() && !restart.longLivedStaleTime().isZero()) {
            add(
                    "capabilities.graceful_restart.long_lived_stale_time",
                    "needs graceful restart (RFC 9494, section 4.1): enable that, or leave this out");
        }
    }

    private void exports(ExportPolicy exports) {
        for (int i = 0; i < exports.allowed().size(); i++) {
            range("export_policy.allowed_prefixes[" + i + "]", exports.allowed().get(i));
        }
        number("export_policy.med", exports.med());
        number("export_policy.local_preference", exports.localPreference());
        if (exports.localPreference().isPresent() && peering.localAs() != peering.peerAs() && peering.peerAs() != 0) {
            add(
                    "export_policy.local_preference",
                    "is only told within an AS (RFC 4271, section 5.1.5), and AS " + peering.peerAs()
                            + " is another: leave it out");
        }
        range("export_policy.prepend_count", exports.prepend(), 0, MAX_PREPEND, "a number of AS numbers");
        range("export_policy.max_routes", exports.maxRoutes(), 1, ExportPolicy.MAX_ROUTES, "a number of routes");
    }

    private void range(String field, PrefixRange range) {
        int width = range.prefix().isIp4() ? 32 : 128;
        if (range.ge() < range.prefix().prefixLength() || range.ge() > width) {
            add(
                    field + ".ge",
                    range.ge() + " is no length of prefixes within " + range.prefix() + ": write "
                            + range.prefix().prefixLength() + " to " + width);
        } else if (range.le() < range.ge() || range.le() > width) {
            add(
                    field + ".le",
                    range.le() + " is no length of prefixes within " + range.prefix() + ": write " + range.ge() + " to "
                            + width);
        }
    }

    private void bfd(Bfd bfd) {
        duration("bfd.min_tx", bfd.minTx(), 50, 60_000, "0.050s to 60s");
        duration("bfd.min_rx", bfd.minRx(), 50, 60_000, "0.050s to 60s");
        range("bfd.multiplier", bfd.multiplier(), 1, 255, "a detection multiplier (RFC 5880, section 4.1)");
        if (bfd.strict() && !bfd.enabled()) {
            add("bfd.strict", "needs BFD: set bfd.enabled, or leave it out");
        }
        bfd.authentication().ifPresent(authentication -> {
            range("bfd.auth_key_id", authentication.keyId(), 0, 255, "a key id (RFC 5880, section 4.2)");
        });
    }

    private void range(String field, int value, int least, int most, String what) {
        if (value < least || value > most) {
            add(field, value + " is not " + what + ": write " + least + " to " + most);
        }
    }

    private void number(String field, OptionalLong value) {
        if (value.isPresent() && (value.getAsLong() < 0 || value.getAsLong() > MAX_32)) {
            add(field, value.getAsLong() + " does not fit: write 0 to " + MAX_32);
        }
    }

    private void duration(String field, Duration value, long leastMillis, long mostMillis, String range) {
        if (value.compareTo(Duration.ofMillis(leastMillis)) < 0 || value.compareTo(Duration.ofMillis(mostMillis)) > 0) {
            add(field, words(value) + " is out of range: write " + range);
        }
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** ISO 8601 without its head: {@code 2s}. */
    private static String words(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private void add(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
