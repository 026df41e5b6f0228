package io.natator.softswitch.datapath;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Random frames from a small world, so that rules and packets meet. */
final class Frames {
    private Frames() {}

    static long mac(RandomGenerator random) {
        return 0x02_00_00_00_00_00L | random.nextInt(4);
    }

    /** 10.0.0.0/8, of which few bits vary. */
    static int ipv4(RandomGenerator random) {
        return 10 << 24 | random.nextInt(2) << 16 | random.nextInt(3) << 8 | random.nextInt(4);
    }

    static long ipv6High(RandomGenerator random) {
        return 0x2001_0db8_0000_0000L | random.nextInt(2) << 16 | random.nextInt(2);
    }

    static long ipv6Low(RandomGenerator random) {
        return random.nextInt(3);
    }

    static int port(RandomGenerator random) {
        return 1000 + random.nextInt(3);
    }

    static byte[] any(RandomGenerator random) {
        ByteBuffer to = ByteBuffer.allocate(256);
        mac(to, mac(random));
        mac(to, mac(random));
        for (int tags = random.nextInt(4) == 0 ? random.nextInt(1, 3) : 0; tags > 0; tags--) {
            to.putShort((short) 0x8100).putShort((short) (random.nextInt(8) << 13 | random.nextInt(3)));
        }
        switch (random.nextInt(10)) {
            case 0 -> arp(to, random);
            case 1 -> mpls(to, random);
            case 2, 3, 4 -> {
                to.putShort((short) 0x86DD);
                ipv6(to, random);
            }
            default -> {
                to.putShort((short) 0x0800);
                ipv4(to, random);
            }
        }
        byte[] frame = Arrays.copyOf(to.array(), Math.max(60, to.position()));
        return random.nextInt(20) == 0 ? Arrays.copyOf(frame, random.nextInt(frame.length)) : frame;
    }

    /** IPv4 and UDP with right header checksum; no tags. */
    static byte[] udp(int source, int destination, int sourcePort, int destinationPort) {
        ByteBuffer to = ByteBuffer.allocate(60);
        mac(to, 0x02_00_00_00_00_01L);
        mac(to, 0x02_00_00_00_00_02L);
        to.putShort((short) 0x0800);
        int at = to.position();
        to.putShort((short) 0x4500)
                .putShort((short) 46)
                .putInt(0)
                .put((byte) 64)
                .put((byte) 17)
                .putShort((short) 0);
        to.putInt(source).putInt(destination);
        checksum(to, at);
        to.putShort((short) sourcePort).putShort((short) destinationPort).putShort((short) 26);
        return to.array();
    }

    private static void mac(ByteBuffer to, long mac) {
        to.putShort((short) (mac >>> 32)).putInt((int) mac);
    }

    private static void arp(ByteBuffer to, RandomGenerator random) {
        to.putShort((short) 0x0806);
        to.putShort((short) 1).putShort((short) 0x0800).putShort((short) 0x0604).putShort((short)
                (1 + random.nextInt(2)));
        mac(to, mac(random));
        to.putInt(ipv4(random));
        mac(to, mac(random));
        to.putInt(ipv4(random));
    }

    private static void mpls(ByteBuffer to, RandomGenerator random) {
        to.putShort((short) 0x8847);
        if (random.nextInt(3) == 0) {
            to.putInt(random.nextInt(3) << 12 | random.nextInt(8) << 9 | 64);
        }
        to.putInt(random.nextInt(3) << 12 | random.nextInt(8) << 9 | 1 << 8 | random.nextInt(3));
        ipv4(to, random);
    }

    private static void ipv4(ByteBuffer to, RandomGenerator random) {
        int at = to.position();
        int protocol = protocol(random);
        int fragment = random.nextInt(8) == 0 ? random.nextInt(2) * 0x2000 | random.nextInt(2) : 0;
        to.put((byte) (random.nextInt(30) == 0 ? 0x55 : 0x45));
        to.put((byte) (random.nextInt(4) << 2)).putShort((short) 48).putInt(fragment);
        to.put((byte) ttl(random)).put((byte) protocol).putShort((short) 0);
        to.putInt(ipv4(random)).putInt(ipv4(random));
        if (random.nextInt(10) != 0) {
            checksum(to, at);
        }
        transport(to, random, protocol == 58 ? 1 : protocol);
    }

    private static void ipv6(ByteBuffer to, RandomGenerator random) {
        int protocol = protocol(random);
        to.putInt(6 << 28 | random.nextInt(4) << 22 | random.nextInt(2)).putShort((short) 64);
        to.put((byte) protocol).put((byte) ttl(random));
        to.putLong(ipv6High(random)).putLong(ipv6Low(random));
        to.putLong(ipv6High(random)).putLong(ipv6Low(random));
        transport(to, random, protocol);
    }

    private static int protocol(RandomGenerator random) {
        return switch (random.nextInt(6)) {
            case 0 -> 1;
            case 1 -> 58;
            case 2, 3 -> 6;
            default -> 17;
        };
    }

    private static int ttl(RandomGenerator random) {
        return random.nextInt(6) == 0 ? random.nextInt(3) : 62 + random.nextInt(3);
    }

    private static void transport(ByteBuffer to, RandomGenerator random, int protocol) {
        int end = to.position() + 64;
        switch (protocol) {
            case 6 ->
                to.putShort((short) port(random))
                        .putShort((short) port(random))
                        .putLong(0)
                        .putInt(0x5000_0000);
            case 58 -> {
                to.put((byte) (135 + random.nextInt(3)))
                        .put((byte) random.nextInt(2))
                        .putShort((short) 0)
                        .putInt(0);
                to.putLong(ipv6High(random)).putLong(ipv6Low(random));
                if (random.nextBoolean()) {
                    to.put((byte) (1 + random.nextInt(2))).put((byte) 1);
                    mac(to, mac(random));
                }
            }
            default ->
                to.putShort((short) port(random)).putShort((short) port(random)).putShort((short) 28);
        }
        to.position(end);
    }

    private static void checksum(ByteBuffer header, int at) {
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += header.getShort(at + i) & 0xFFFF;
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        header.putShort(at + 10, (short) ~((sum & 0xFFFF) + (sum >>> 16)));
    }
}
