package io.natator.softswitch.steps.crossing;

import io.natator.packet.Bytes;
import io.natator.packet.Ipv6.Extension;
import io.natator.softswitch.steps.crossing.Meant.Cut;
import io.natator.softswitch.steps.crossing.Meant.Plain;
import io.natator.softswitch.steps.crossing.Meant.Problem;
import io.natator.softswitch.steps.crossing.Meant.Query;
import io.natator.softswitch.steps.crossing.Meant.Upper;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.onlab.packet.IpAddress;

/** Packets of both families between hosts of a {@link World}, and some that are not. */
public final class RandomMeant {
    private static final int[] PROTOCOLS = {
        132, 50, 47, 4, 41, 136, 33, 2, 58, 1, 44, 0, 43, 60, 51, 135, 139, 140, 59, 255
    };

    private final Random random;
    private final World world;

    public RandomMeant(Random random, World world) {
        this.random = random;
        this.world = world;
    }

    /** A packet that comes from inside (of IPv6), else from outside (of IPv4). */
    public Meant any(boolean outward) {
        IpAddress near = outward ? world.inside(random) : world.outside(random);
        IpAddress far = outward ? world.embedded(random) : world.remote(random);
        Upper upper = oneOf(3) ? problem(outward) : upper(outward, true);
        return packet(outward, outward ? near : far, outward ? far : near, upper, true);
    }

    private boolean oneOf(int count) {
        return random.nextInt(count) == 0;
    }

    private Meant packet(boolean ipv6, IpAddress src, IpAddress dst, Upper upper, boolean whole) {
        List<Extension> extensions = ipv6 && oneOf(3) ? extensions() : List.of();
        BooleanSupplier seldom = () -> oneOf(5);
        boolean cuts = upper instanceof Plain plain && plain.octets().length > 100 && seldom.getAsBoolean();
        cuts |= upper instanceof Query query && query.rest().length > 100 && whole && oneOf(4);
        boolean fragmentHeader = ipv6 && !cuts && oneOf(8);
        return new Meant(
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt() & (ipv6 ? -1 : 0xFFFF),
                random.nextBoolean(),
                src,
                dst,
                ipv6 || !oneOf(4) ? new byte[0] : options(),
                extensions,
                cuts ? cut(upper.encode(src, dst).length) : null,
                fragmentHeader,
                upper);
    }

    /** The first part holds at least all of a transport header. */
    private Cut cut(int length) {
        int units = length / 8;
        int from = oneOf(2) ? 0 : 8 * (5 + random.nextInt(units - 5));
        int least = from == 0 ? Math.min(40, length) : from + 1;
        int to = Math.min(length, Math.max(least, from + 8 * (1 + random.nextInt(units))));
        boolean more = to < length;
        to = more ? to / 8 * 8 : to;
        return from == 0 && !more ? new Cut(0, to, true) : new Cut(from, Math.max(to, from), more);
    }

    private byte[] options() {
        int words = 1 + random.nextInt(10);
        byte[] options = new byte[words * 4];
        for (int i = 0; i < options.length; i++) {
            options[i] = 1; // no operation
        }
        if (words >= 2 && oneOf(2)) {
            options[0] = (byte) (oneOf(3) ? 7 : random.nextBoolean() ? 131 : 137);
            options[1] = 7;
            options[2] = (byte) (options[0] == 7 || oneOf(2) ? 8 : 4);
        }
        return options;
    }

    private List<Extension> extensions() {
        List<Extension> all = new ArrayList<>();
        for (int type : new int[] {0, 60, 43}) {
            if (oneOf(2)) {
                byte[] octets = new byte[8 * (1 + random.nextInt(3))];
                octets[1] = (byte) (octets.length / 8 - 1);
                octets[3] = (byte) (type == 43 && oneOf(3) ? 1 : 0);
                all.add(new Extension(type, octets));
            }
        }
        return all;
    }

    private Upper upper(boolean ipv6, boolean anything) {
        int icmp = ipv6 ? 58 : 1;
        return switch (random.nextInt(anything ? 9 : 7)) {
            case 0, 1, 2 -> {
                byte[] tcp = octets(20 + random.nextInt(1000));
                tcp[12] = 0x50;
                yield new Plain(6, tcp, 16);
            }
            case 3, 4 -> {
                byte[] udp = octets(8 + random.nextInt(1000));
                Bytes.put16(udp, 4, udp.length);
                yield new Plain(17, udp, 6);
            }
            case 5, 6 -> {
                byte[] rest = octets(4 + random.nextInt(200));
                rest[0] |= (byte) (anything ? 0 : 1); // of zeroes alone the checksum cannot be told from what it was
                yield new Query(icmp, ipv6 ? 128 + random.nextInt(2) : 8 * random.nextInt(2), 0, rest);
            }
            case 7 -> new Query(icmp, informational(ipv6), random.nextInt(3), octets(4 + random.nextInt(60)));
            default -> {
                int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
                boolean covers = protocol == 136 || protocol == 33;
                yield protocol == icmp || (ipv6 && isExtension(protocol))
                        ? new Plain(50, octets(40), -1)
                        : new Plain(protocol, octets(40 + random.nextInt(100)), covers ? 6 : -1);
            }
        };
    }

    private static boolean isExtension(int protocol) {
        return protocol == 0 || protocol == 43 || protocol == 44 || protocol == 60;
    }

    private int informational(boolean ipv6) {
        int[] types = ipv6 ? new int[] {130, 133, 135, 137, 143, 200} : new int[] {9, 10, 13, 14, 17, 30};
        return types[random.nextInt(types.length)];
    }

    private byte[] octets(int length) {
        byte[] octets = new byte[length];
        if (!oneOf(10)) {
            random.nextBytes(octets);
        }
        return octets;
    }

    /** About a packet that went the other way. */
    private Upper problem(boolean ipv6) {
        IpAddress src = ipv6 ? world.embedded(random) : world.outside(random);
        IpAddress dst = ipv6 ? world.inside(random) : world.remote(random);
        Meant quoted = packet(ipv6, src, dst, upper(ipv6, false), false);
        int all = quoted.encode().length;
        int octets = oneOf(2) ? all : Math.min(all, quoted.header() + 8 + random.nextInt(all));
        octets = oneOf(20) ? random.nextInt(octets) : octets;
        octets = octets < all ? octets & ~1 : octets; // half a checksum cannot be changed
        int type =
                ipv6 ? 1 + random.nextInt(4) : List.of(3, 3, 3, 3, 11, 12, 4, 5).get(random.nextInt(8));
        int code = random.nextInt(type == 3 && !ipv6 ? 17 : ipv6 && type == 1 ? 8 : 3);
        byte[] extension = null;
        int padded = octets;
        boolean extensible = ipv6 ? type == 1 || type == 3 : type == 3 || type == 11 || type == 12;
        if (extensible && oneOf(3)) {
            extension = octets(4 * (1 + random.nextInt(30)));
            int unit = ipv6 ? 8 : 4;
            octets = Math.min(all, Math.max(quoted.header() + 20, Math.min(octets, 1016 & ~7)));
            padded = Math.max(128, (octets + unit - 1) / unit * unit);
        }
        return new Problem(ipv6 ? 58 : 1, type, code, word(ipv6, type, code), quoted, octets, padded, extension);
    }

    private int word(boolean ipv6, int type, int code) {
        if (ipv6) {
            return switch (type) {
                case 2 -> List.of(1280, 1500, 1300, 9000, -1, 100).get(random.nextInt(6));
                case 4 -> random.nextInt(45);
                default -> 0;
            };
        }
        if (type == 12) {
            return random.nextInt(24) << 24;
        }
        return type == 3 && code == 4
                ? List.of(0, 68, 576, 1260, 1280, 1400, 1500, 65535).get(random.nextInt(8))
                : 0;
    }
}
