package io.natator.softswitch.control;

import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Sessions and pools for people and for programs. */
final class SessionText {
    private SessionText() {}

    /** Sessions of the hosts in a prefix, or of one host; null if it is neither. */
    static SessionQuery ofInside(String text) {
        try {
            IpPrefix prefix = text.indexOf('/') >= 0
                    ? IpPrefix.valueOf(text)
                    : IpAddress.valueOf(text).toIpPrefix();
            return new SessionQuery(
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.of(prefix),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** {@code office udp 10.0.0.1:1000 198.51.100.1:1000 203.0.113.2:53 forward packets=2 bytes=120 until=…}. */
    static String of(Session s) {
        return "%s %s %s %s %s %s packets=%d bytes=%d since=%s until=%s"
                .formatted(
                        s.translation(),
                        protocol(s.protocol()),
                        endpoint(s.inside(), s.insidePort()),
                        endpoint(s.outside(), s.outsidePort()),
                        endpoint(s.remote(), s.remotePort()),
                        s.state(),
                        s.packets(),
                        s.bytes(),
                        s.since(),
                        s.until());
    }

    private static String protocol(int protocol) {
        return switch (protocol) {
            case 0 -> "all";
            case 1 -> "icmp";
            case 6 -> "tcp";
            case 17 -> "udp";
            default -> Integer.toString(protocol);
        };
    }

    private static String endpoint(IpAddress address, int port) {
        return address.isIp4() ? address + ":" + port : "[" + address + "]:" + port;
    }

    static Map<String, Object> json(Session s) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("translation", s.translation());
        all.put("protocol", s.protocol());
        all.put("inside", s.inside().toString());
        all.put("inside_port", s.insidePort());
        all.put("outside", s.outside().toString());
        all.put("outside_port", s.outsidePort());
        all.put("remote", s.remote().toString());
        all.put("remote_port", s.remotePort());
        all.put("state", s.state());
        all.put("since", s.since().toString());
        all.put("until", s.until().toString());
        all.put("packets", s.packets());
        all.put("bytes", s.bytes());
        return all;
    }

    /** A line for the pool, one for what was refused, one a busy host. */
    static List<String> of(PoolUse p) {
        List<String> lines = new ArrayList<>();
        lines.add("share %d of %s: %d sessions, %d made, %d lost; %d of %d addresses, %d of %d ports"
                .formatted(
                        p.share(),
                        p.translation(),
                        p.sessions(),
                        p.created(),
                        p.lost(),
                        p.addressesUsed(),
                        p.addresses(),
                        p.portsUsed(),
                        p.ports()));
        if (!p.refused().isEmpty()) {
            lines.add("  refused: "
                    + p.refused().entrySet().stream()
                            .map(e -> e.getKey() + " " + e.getValue())
                            .collect(Collectors.joining(", ")));
        }
        p.top().forEach(h -> lines.add("  %s: %d sessions".formatted(h.inside(), h.sessions())));
        return lines;
    }

    static Map<String, Object> json(PoolUse p) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("share", p.share());
        all.put("translation", p.translation());
        all.put("addresses", p.addresses());
        all.put("addresses_used", p.addressesUsed());
        all.put("ports", p.ports());
        all.put("ports_used", p.portsUsed());
        all.put("sessions", p.sessions());
        all.put("created", p.created());
        all.put("lost", p.lost());
        all.put("refused", p.refused());
        all.put(
                "top",
                p.top().stream()
                        .map(h -> Map.of("inside", h.inside().toString(), "sessions", h.sessions()))
                        .toList());
        return all;
    }
}
