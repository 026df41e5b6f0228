package io.natator.softswitch.agent.codec;

import io.natator.softswitch.flow.Field;
import java.util.EnumMap;
import java.util.Map;

/** How fields are named on the wire: OXM headers (section 7.2.3.2) and Nicira's, which actions and Open vSwitch use. */
final class Oxm {
    static final int BASIC = 0x8000;

    private static final Field[] BY_BASIC = new Field[40];
    /** NXM_OF_*: those of the same width and meaning as the OXM field. */
    private static final Field[] BY_NXM0 = {
        null,
        Field.ETH_DST,
        Field.ETH_SRC,
        Field.ETH_TYPE,
        null,
        null,
        Field.IP_PROTO,
        Field.IPV4_SRC,
        Field.IPV4_DST,
        Field.TCP_SRC,
        Field.TCP_DST,
        Field.UDP_SRC,
        Field.UDP_DST,
        Field.ICMPV4_TYPE,
        Field.ICMPV4_CODE,
        Field.ARP_OP,
        Field.ARP_SPA,
        Field.ARP_TPA
    };
    /** NXM_NX_* from 16 on. */
    private static final Field[] BY_NXM1 = {
        Field.TUNNEL_ID,
        Field.ARP_SHA,
        Field.ARP_THA,
        Field.IPV6_SRC,
        Field.IPV6_DST,
        Field.ICMPV6_TYPE,
        Field.ICMPV6_CODE,
        Field.IPV6_ND_TARGET,
        Field.IPV6_ND_SLL,
        Field.IPV6_ND_TLL,
        null,
        Field.IPV6_FLABEL,
        Field.IP_ECN,
        Field.IP_TTL
    };

    private static final int NXM1_FIRST = 16;
    private static final int NXM_NX_IP_TTL = 1 << 16 | 29 << 9;

    private static final Map<Field, Integer> NXM = new EnumMap<>(Field.class);

    static {
        for (Field field : Field.values()) {
            if (field.oxm() >= 0) {
                BY_BASIC[field.oxm()] = field;
            }
        }
        for (int i = 0; i < BY_NXM0.length; i++) {
            if (BY_NXM0[i] != null) {
                NXM.put(BY_NXM0[i], i << 9 | octets(BY_NXM0[i]));
            }
        }
        for (int i = 0; i < BY_NXM1.length; i++) {
            if (BY_NXM1[i] != null) {
                NXM.put(BY_NXM1[i], 1 << 16 | (NXM1_FIRST + i) << 9 | octets(BY_NXM1[i]));
            }
        }
    }

    private Oxm() {}

    /** The field that a header names, whatever its length; null if there is none. */
    static Field field(int header) {
        int number = (header >>> 9) & 127;
        return switch (header >>> 16) {
            case BASIC -> number < BY_BASIC.length ? BY_BASIC[number] : null;
            case 0 -> number < BY_NXM0.length ? BY_NXM0[number] : null;
            case 1 ->
                number >= NXM1_FIRST && number - NXM1_FIRST < BY_NXM1.length ? BY_NXM1[number - NXM1_FIRST] : null;
            default -> null;
        };
    }

    static boolean masked(int header) {
        return (header & 0x100) != 0;
    }

    static int length(int header) {
        return header & 0xFF;
    }

    /** Octets of a value: fields of 20 bits take four. */
    static int octets(Field field) {
        return field.bits() == 20 ? 4 : (field.bits() + 7) / 8;
    }

    /** The header of an exact match or of a set-field. */
    static int header(Field field) {
        return (field.oxm() < 0 ? NXM_NX_IP_TTL : (BASIC << 16 | field.oxm() << 9)) | octets(field);
    }

    /** The header by which Nicira's actions name the field: those who wrote the action compare what they read back. */
    static int nxmHeader(Field field) {
        return NXM.getOrDefault(field, header(field));
    }

    /** The header of a masked match. */
    static int maskedHeader(Field field) {
        return (header(field) & ~0xFF) | 0x100 | 2 * octets(field);
    }
}
