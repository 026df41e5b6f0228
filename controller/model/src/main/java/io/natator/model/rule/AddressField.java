package io.natator.model.rule;

/** Address fields that translations match and rewrite under a mask. */
public enum AddressField {
    IPV4_SRC,
    IPV4_DST,
    IPV6_SRC,
    IPV6_DST,
    ARP_SPA,
    ARP_TPA,
    ND_TARGET;

    /** Width in bits: 32 or 128. */
    public int width() {
        return switch (this) {
            case IPV4_SRC, IPV4_DST, ARP_SPA, ARP_TPA -> 32;
            case IPV6_SRC, IPV6_DST, ND_TARGET -> 128;
        };
    }

    /** The field that holds the opposite end: source for destination and so on; ND_TARGET is its own. */
    public AddressField mirrored() {
        return switch (this) {
            case IPV4_SRC -> IPV4_DST;
            case IPV4_DST -> IPV4_SRC;
            case IPV6_SRC -> IPV6_DST;
            case IPV6_DST -> IPV6_SRC;
            case ARP_SPA -> ARP_TPA;
            case ARP_TPA -> ARP_SPA;
            case ND_TARGET -> ND_TARGET;
        };
    }
}
