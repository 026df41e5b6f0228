package io.natator.bgp.bfd;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Linux's {@code sockaddr_in} and {@code sockaddr_in6}. */
final class Addresses {
    static final int MOST = 28;

    private static final int LENGTH_INET = 16;
    private static final int INET_OFFSET = 4;
    private static final int INET6_OFFSET = 8;
    private static final int SCOPE_OFFSET = 24;

    private Addresses() {}

    static int family(InetAddress address) {
        return address instanceof Inet6Address ? Sockets.INET6 : Sockets.INET;
    }

    static byte[] any(int family, int port) {
        byte[] out = new byte[family == Sockets.INET ? LENGTH_INET : MOST];
        ByteBuffer.wrap(out).order(ByteOrder.nativeOrder()).putShort((short) family);
        ByteBuffer.wrap(out).putShort(2, (short) port);
        return out;
    }

    static byte[] of(InetAddress address, int port) {
        byte[] out = any(family(address), port);
        byte[] octets = address.getAddress();
        if (address instanceof Inet6Address inet6) {
            System.arraycopy(octets, 0, out, INET6_OFFSET, octets.length);
            ByteBuffer.wrap(out).order(ByteOrder.nativeOrder()).putInt(SCOPE_OFFSET, inet6.getScopeId());
        } else {
            System.arraycopy(octets, 0, out, INET_OFFSET, octets.length);
        }
        return out;
    }

    /** The address in a {@code sockaddr} that the kernel wrote. */
    static InetAddress read(byte[] sockaddr) {
        int family = ByteBuffer.wrap(sockaddr).order(ByteOrder.nativeOrder()).getShort(0);
        return family == Sockets.INET
                ? address(Arrays.copyOfRange(sockaddr, INET_OFFSET, INET_OFFSET + 4))
                : address(Arrays.copyOfRange(sockaddr, INET6_OFFSET, INET6_OFFSET + 16));
    }

    static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 octets are an address", e);
        }
    }
}
