package io.natator.lab.bench;

import io.natator.lab.net.Libc;
import io.natator.lab.net.Namespace;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Counts and drops datagrams at an interface, by a program of the kernel: the sink is on the switch's core, and is to cost little.
 * Anything else goes on.
 */
final class SinkCounter implements AutoCloseable {
    private static final int DATA = 76;
    private static final int DATA_END = 80;
    private static final int HEADERS = 42;
    private static final int ETHERTYPE = 12;
    private static final int PROTOCOL = 23;
    private static final int SOURCE = 26;
    private static final int DESTINATION_PORT = 36;
    private static final int UDP = 17;
    private static final int MAP_LOOKUP = 1;
    private static final int DROP = 2;
    private static final int NEXT = -1;

    private final int map;
    private final int program;
    private final int link;

    private SinkCounter(int map, int program, int link) {
        this.map = map;
        this.program = program;
        this.link = link;
    }

    /**
     * Begins to count.
     *
     * @param network of the source: three octets of it count
     * @param port that datagrams go to
     */
    static SinkCounter at(Namespace namespace, String device, String network, int port) {
        int ifindex = Integer.parseInt(
                namespace.run("cat", "/sys/class/net/" + device + "/ifindex").strip());
        return namespace.call(() -> {
            int map = Bpf.counter();
            int program = Bpf.load(Bpf.CLASSIFIER, new Code(map, network, port).octets());
            return new SinkCounter(map, program, Bpf.atIngress(program, ifindex));
        });
    }

    long count() {
        return Bpf.read(map);
    }

    @Override
    public void close() {
        Libc.close(link);
        Libc.close(program);
        Libc.close(map);
    }

    /** Instructions (RFC 9669); jumps lead to the last two. */
    private static final class Code {
        private static final int LONGEST = 64;
        private final ByteBuffer out = ByteBuffer.allocate(LONGEST * 8).order(ByteOrder.LITTLE_ENDIAN);
        private final int[] jumps = new int[8];
        private int jumpCount;

        Code(int map, String network, int port) throws UnknownHostException {
            byte[] address = InetAddress.getByName(network).getAddress();
            emit(0x61, 2, 1, DATA, 0); // r2 = data
            emit(0x61, 3, 1, DATA_END, 0);
            emit(0xBF, 4, 2, 0, 0);
            emit(0x07, 4, 0, 0, HEADERS);
            unless(0x2D, 4, 3, 0); // r4 > r3
            emit(0x69, 5, 2, ETHERTYPE, 0);
            unless(0x55, 5, 0, Short.reverseBytes((short) 0x0800) & 0xFFFF);
            emit(0x71, 5, 2, PROTOCOL, 0);
            unless(0x55, 5, 0, UDP);
            emit(0x61, 5, 2, SOURCE, 0);
            emit(0x57, 5, 0, 0, 0x00FF_FFFF);
            unless(0x55, 5, 0, ((address[2] & 0xFF) << 16) | ((address[1] & 0xFF) << 8) | (address[0] & 0xFF));
            emit(0x69, 5, 2, DESTINATION_PORT, 0);
            unless(0x55, 5, 0, Short.reverseBytes((short) port) & 0xFFFF);
            emit(0x62, 10, 0, -4, 0); // the key, 0
            emit(0x18, 1, 1, 0, map);
            emit(0, 0, 0, 0, 0);
            emit(0xBF, 2, 10, 0, 0);
            emit(0x07, 2, 0, 0, -4);
            emit(0x85, 0, 0, 0, MAP_LOOKUP);
            unless(0x15, 0, 0, 0);
            emit(0xB7, 1, 0, 0, 1);
            emit(0xDB, 0, 1, 0, 0); // atomic addition
            emit(0xB7, 0, 0, 0, DROP);
            emit(0x95, 0, 0, 0, 0);
            for (int i = 0; i < jumpCount; i++) {
                out.putShort(jumps[i] + 2, (short) ((out.position() - jumps[i]) / 8 - 1));
            }
            emit(0xB7, 0, 0, 0, NEXT);
            emit(0x95, 0, 0, 0, 0);
        }

        byte[] octets() {
            return Arrays.copyOf(out.array(), out.position());
        }

        /** A jump to the end. */
        private void unless(int code, int destination, int source, int immediate) {
            jumps[jumpCount++] = out.position();
            emit(code, destination, source, 0, immediate);
        }

        private void emit(int code, int destination, int source, int offset, int immediate) {
            out.put((byte) code)
                    .put((byte) (source << 4 | destination))
                    .putShort((short) offset)
                    .putInt(immediate);
        }
    }
}
