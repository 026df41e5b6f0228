package io.natator.model.device;

import org.onlab.packet.MacAddress;

/** MAC addresses of virtual gateways for which the user gave none. */
public final class VirtualMac {
    private static final long PREFIX = 0x02_4E_41L << 24;

    private VirtualMac() {}

    /** {@code 02:4e:41}, the low 16 bits of the datapath id, the low 8 bits of the port number: locally administered. */
    public static MacAddress of(long datapathId, int port) {
        return MacAddress.valueOf(PREFIX | ((datapathId & 0xFFFF) << 8) | (port & 0xFF));
    }
}
