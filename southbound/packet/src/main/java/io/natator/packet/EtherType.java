package io.natator.packet;

/** EtherTypes (IANA, IEEE 802 numbers). */
public final class EtherType {
    public static final int IPV4 = 0x0800;
    public static final int ARP = 0x0806;
    public static final int VLAN = 0x8100;
    public static final int SERVICE_VLAN = 0x88A8;
    public static final int IPV6 = 0x86DD;
    public static final int MPLS = 0x8847;
    public static final int MPLS_MULTICAST = 0x8848;
    /** Provider backbone bridging: an I-TAG follows. */
    public static final int PBB = 0x88E7;

    private EtherType() {}
}
