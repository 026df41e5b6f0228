package io.natator.bgp.codec;

import io.natator.model.peering.AddressFamily;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Address families that Natator speaks (RFC 4760; numbers from IANA's AFI and SAFI registries). */
public enum Family {
    IPV4_UNICAST("ipv4-unicast", 1, 1, IpAddress.Version.INET),
    IPV6_UNICAST("ipv6-unicast", 2, 1, IpAddress.Version.INET6);

    private final String label;
    private final int afi;
    private final int safi;
    private final IpAddress.Version version;

    Family(String label, int afi, int safi, IpAddress.Version version) {
        this.label = label;
        this.afi = afi;
        this.safi = safi;
        this.version = version;
    }

    /** The family of these numbers, if it is one of ours. */
    public static Optional<Family> of(int afi, int safi) {
        for (Family family : values()) {
            if (family.afi == afi && family.safi == safi) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }

    public static Family of(AddressFamily family) {
        return switch (family) {
            case IPV4_UNICAST -> IPV4_UNICAST;
            case IPV6_UNICAST -> IPV6_UNICAST;
        };
    }

    /** The family that {@code prefix} is announced in. */
    public static Family of(IpPrefix prefix) {
        return prefix.isIp4() ? IPV4_UNICAST : IPV6_UNICAST;
    }

    /** As operators write it: {@code ipv4-unicast}. */
    public String label() {
        return label;
    }

    public int afi() {
        return afi;
    }

    public int safi() {
        return safi;
    }

    public IpAddress.Version version() {
        return version;
    }

    /** Octets of an address. */
    public int addressLength() {
        return IpAddress.byteLength(version);
    }
}
