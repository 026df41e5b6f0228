package io.natator.model.validate;

import io.natator.model.intent.Neighbor;
import io.natator.model.intent.Translation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Checks one neighbour. */
final class NeighborCheck {
    private static final IpPrefix LOOPBACK = IpPrefix.valueOf("127.0.0.0/8");
    private static final long MAX_AS = 0xFFFF_FFFFL;
    // TCP MD5 keys: what Linux takes (TCP_MD5SIG_MAXKEYLEN).
    private static final int MAX_PASSWORD = 80;

    private final Neighbor candidate;
    private final Stored stored;
    private final List<Violation> violations = new ArrayList<>();

    NeighborCheck(Neighbor candidate, Stored stored) {
        this.candidate = candidate;
        this.stored = stored;
    }

    List<Violation> violations() {
        Texts.id("name", candidate.id()).or(violations);
        address();
        if (candidate.port() < 1 || candidate.port() > 65535) {
            add("port", candidate.port() + " is not a TCP port: write 1 to 65535, or leave it out for 179");
        }
        as("local_as", candidate.localAs());
        as("peer_as", candidate.peerAs());
        routerId();
        localAddress();
        holdTime();
        password();
        return List.copyOf(violations);
    }

    private void address() {
        IpAddress address = candidate.address();
        // Loopback is fine: a daemon on the same host.
        boolean loopback = Blocks.contains(LOOPBACK, address) || address.equals(IpAddress.valueOf("::1"));
        if (!loopback) {
            Blocks.special(address.toIpPrefix())
                    .ifPresent(
                            what -> add("address", address + " is one of the " + what + ": write a unicast address"));
        }
        for (Neighbor other : stored.neighbors().values()) {
            if (!other.id().equals(candidate.id())
                    && other.address().equals(address)
                    && other.port() == candidate.port()
                    && other.localAddress().equals(candidate.localAddress())) {
                add(
                        "address",
                        address + " is the address of neighbors/" + other.id()
                                + ": there is one session a neighbour; change that one");
            }
        }
        for (Translation translation : stored.translations().values()) {
            if (Blocks.contains(translation.outside(), address)) {
                add(
                        "address",
                        address + " lies in outside " + translation.outside() + " of translations/" + translation.id()
                                + ", so it would become unreachable: use another address of that router");
            }
        }
    }

    private void as(String field, long number) {
        if (number < 1 || number > MAX_AS) {
            add(field, number + " is not an AS number: write 1 to " + MAX_AS + " (RFC 6793)");
        } else if (number == 23456) {
            add(field, "23456 stands for AS numbers of more than 16 bits (RFC 6793): write the real one");
        }
    }

    private void routerId() {
        candidate.routerId().ifPresent(id -> {
            if (!id.isIp4() || id.isZero()) {
                add("router_id", id + " is not a BGP identifier: write it like 10.0.0.1 (RFC 6286)");
            }
        });
    }

    private void localAddress() {
        candidate.localAddress().ifPresent(local -> {
            if (local.isIp4() != candidate.address().isIp4()) {
                add(
                        "local_address",
                        local + " is " + Blocks.family(local) + " but address " + candidate.address() + " is "
                                + Blocks.family(candidate.address()) + ": write one of that family, or leave it out");
            }
        });
    }

    private void holdTime() {
        long millis = candidate.holdTime().toMillis();
        if (candidate.holdTime().isNegative() || (millis > 0 && millis < 3000) || millis > 65_535_000L) {
            add(
                    "hold_time",
                    candidate.holdTime().toString().substring(2).toLowerCase(java.util.Locale.ROOT)
                            + " is not a hold time: write 0s, or 3s to 65535s (RFC 4271, section 4.2)");
        }
    }

    private void password() {
        candidate.password().ifPresent(password -> {
            int bytes = password.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_PASSWORD) {
                add("password", "has " + bytes + " bytes: TCP MD5 takes " + MAX_PASSWORD + " at most");
            }
        });
    }

    private void add(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
