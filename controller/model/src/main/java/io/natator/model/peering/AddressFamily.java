package io.natator.model.peering;

import java.util.Arrays;
import java.util.Optional;
import org.onlab.packet.IpPrefix;

/** What routes of a session may be of (RFC 4760). */
public enum AddressFamily {
    IPV4_UNICAST("ipv4-unicast"),
    IPV6_UNICAST("ipv6-unicast");

    private final String label;

    AddressFamily(String label) {
        this.label = label;
    }

    /** As users and the API write it: {@code "ipv4-unicast"}. */
    public String label() {
        return label;
    }

    public static Optional<AddressFamily> of(String label) {
        return Arrays.stream(values()).filter(f -> f.label.equals(label)).findFirst();
    }

    public static AddressFamily of(IpPrefix prefix) {
        return prefix.isIp4() ? IPV4_UNICAST : IPV6_UNICAST;
    }
}
