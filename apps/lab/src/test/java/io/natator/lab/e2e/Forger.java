package io.natator.lab.e2e;

import io.natator.lab.net.Libc;
import io.natator.lab.net.Namespace;
import io.natator.packet.Checksum;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Sends IPv4 packets of its own making from a namespace, whatever they say of where they come from. */
final class Forger implements AutoCloseable {
    private static final int HEADER = 20;
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;

    private final int fd;

    /** Routes of the namespace apply. */
    Forger(Namespace namespace) {
        fd = namespace.call(() -> Libc.socket(2, 3, 255)); // IPPROTO_RAW: the header comes along
    }

    /** A SYN. */
    void syn(String from, int port, String to, int toPort) {
        ByteBuffer tcp = ByteBuffer.allocate(20);
        tcp.putShort((short) port).putShort((short) toPort).putInt(port).putInt(0);
        tcp.put((byte) 0x50).put((byte) 0x02).putShort((short) 1024);
        send(ip(TCP, from, to, tcp.array()), to);
    }

    /** A datagram of one octet. */
    void datagram(String from, int port, String to, int toPort) {
        send(ip(UDP, from, to, udp(port, toPort)), to);
    }

    /** "Port unreachable" about a datagram of {@code to} that was never sent. */
    void unreachable(String from, String to, int port, String quotedTo, int quotedPort) {
        byte[] quoted = ip(UDP, to, quotedTo, udp(port, quotedPort));
        ByteBuffer icmp = ByteBuffer.allocate(8 + quoted.length);
        icmp.put((byte) 3).put((byte) 3).position(8).put(quoted);
        icmp.putShort(2, (short) Checksum.of(icmp.array(), 0, icmp.capacity()));
        send(ip(ICMP, from, to, icmp.array()), to);
    }

    private static byte[] udp(int port, int toPort) {
        return ByteBuffer.allocate(9)
                .putShort((short) port)
                .putShort((short) toPort)
                .putShort((short) 9)
                .array();
    }

    private static byte[] ip(int protocol, String from, String to, byte[] payload) {
        ByteBuffer ip = ByteBuffer.allocate(HEADER + payload.length);
        ip.put((byte) 0x45).put((byte) 0).putShort((short) ip.capacity()).putInt(0);
        ip.put((byte) 64).put((byte) protocol).putShort((short) 0);
        ip.put(InetAddress.ofLiteral(from).getAddress())
                .put(InetAddress.ofLiteral(to).getAddress());
        ip.put(payload);
        return ip.putShort(10, (short) Checksum.of(ip.array(), 0, HEADER)).array();
    }

    private void send(byte[] packet, String to) {
        ByteBuffer address = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
        address.putShort(0, (short) 2).put(4, InetAddress.ofLiteral(to).getAddress());
        try (Arena arena = Arena.ofConfined()) {
            // What the kernel has no room for is lost, as in any flood.
            int _ = Libc.sendto(
                    arena,
                    fd,
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, packet),
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, address.array()));
        }
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}
