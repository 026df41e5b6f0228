package io.natator.bgp.transport;

import io.natator.model.peering.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.IpPrefix;

/** Options of TCP sockets that Linux has (ip(7), ipv6(7), tcp(7), socket(7)) and netty has no names for. */
final class SocketOptions {
    static final int MOST_HOPS = 255;
    /** Sets a TTL back to that of sysctl. */
    static final int KERNELS_CHOICE = -1;

    private static final int SOL_SOCKET = 1;
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_IPV6 = 41;
    private static final ChannelOption<Integer> IP_TTL = new IntegerUnixChannelOption("IP_TTL", IPPROTO_IP, 2);
    private static final ChannelOption<Integer> IP_MINTTL = new IntegerUnixChannelOption("IP_MINTTL", IPPROTO_IP, 21);
    private static final ChannelOption<Integer> UNICAST_HOPS =
            new IntegerUnixChannelOption("IPV6_UNICAST_HOPS", IPPROTO_IPV6, 16);
    private static final ChannelOption<Integer> MIN_HOP_COUNT =
            new IntegerUnixChannelOption("IPV6_MINHOPCOUNT", IPPROTO_IPV6, 73);
    private static final int SO_BINDTODEVICE = 25;
    private static final int DEVICE_NAME = 16;
    private static final ChannelOption<ByteBuffer> BIND_TO_DEVICE =
            new RawUnixChannelOption("SO_BINDTODEVICE", SOL_SOCKET, SO_BINDTODEVICE, DEVICE_NAME);

    private static final int IPPROTO_TCP = 6;
    private static final int AF_INET6 = 10;
    private static final int MD5SIG = 216;
    private static final int SIN6_ADDR = 8;
    private static final int MD5SIG_FLAGS = 128;
    private static final int MD5SIG_KEY = 136;
    private static final int MD5SIG_FLAG_PREFIX = 1;
    private static final ChannelOption<ByteBuffer> MD5SIG_EXT =
            new RawUnixChannelOption("TCP_MD5SIG_EXT", IPPROTO_TCP, 32, MD5SIG);

    /** Questions after the first before a connection counts as dead. */
    private static final int KEEPALIVE_COUNT = 3;

    /**
     * Octets that the kernel takes before the first of them is on its way; it would take megabytes. What waits with us
     * instead is still grouped by attributes, and gives way to what changes meanwhile.
     */
    private static final long UNSENT = 128 << 10;

    /** One option with its value. */
    record Setting<T>(String words, ChannelOption<T> option, T value) {
        /** @throws io.netty.channel.ChannelException if the kernel refuses */
        void set(Channel channel) {
            try {
                channel.config().setOption(option, value);
            } catch (ChannelException refused) {
                throw new ChannelException(words + ": " + refused.getMessage(), refused);
            }
        }
    }

    private SocketOptions() {}

    static List<Setting<?>> of(Transport transport, InetAddress remote) {
        List<Setting<?>> settings = new ArrayList<>();
        settings.add(new Setting<>("unsent octets", EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT));
        transport.ttlSecurityHops().ifPresent(hops -> {
            settings.add(hops(remote, MOST_HOPS));
            boolean ipv6 = remote instanceof Inet6Address;
            settings.add(new Setting<>("least TTL", ipv6 ? MIN_HOP_COUNT : IP_MINTTL, MOST_HOPS + 1 - hops));
        });
        transport.multihopTtl().ifPresent(ttl -> settings.add(hops(remote, ttl)));
        transport.bindDevice().ifPresent(name -> settings.add(device(name)));
        transport.keepAlive().ifPresent(silence -> keepAlive(silence, settings));
        transport
                .userTimeout()
                .ifPresent(limit -> settings.add(
                        new Setting<>("user timeout", EpollChannelOption.TCP_USER_TIMEOUT, (int) limit.toMillis())));
        return settings;
    }

    private static void keepAlive(Duration silence, List<Setting<?>> settings) {
        int seconds = (int) Math.max(1, silence.toSeconds());
        settings.add(new Setting<>("keep-alive", ChannelOption.SO_KEEPALIVE, true));
        settings.add(new Setting<>("keep-alive", EpollChannelOption.TCP_KEEPIDLE, seconds));
        settings.add(
                new Setting<>("keep-alive", EpollChannelOption.TCP_KEEPINTVL, Math.max(1, seconds / KEEPALIVE_COUNT)));
        settings.add(new Setting<>("keep-alive", EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_COUNT));
    }

    /** TTL, or hop limit, of what is sent. */
    static Setting<Integer> hops(InetAddress address, int hops) {
        return new Setting<>("TTL", address instanceof Inet6Address ? UNICAST_HOPS : IP_TTL, hops);
    }

    /** The same for both families, on a socket that may serve both. */
    static List<Setting<Integer>> allHops(int hops) {
        return List.of(new Setting<>("TTL", IP_TTL, hops), new Setting<>("hop limit", UNICAST_HOPS, hops));
    }

    static Setting<ByteBuffer> device(String name) {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer value = ByteBuffer.allocateDirect(DEVICE_NAME);
        value.put(octets, 0, Math.min(octets.length, DEVICE_NAME - 1)).position(0);
        return new Setting<>("device " + name, BIND_TO_DEVICE, value);
    }

    /** {@code struct tcp_md5sig} of linux/tcp.h, for a prefix; the listening socket is one of IPv6, as netty's are. An empty key removes it. */
    static Setting<ByteBuffer> key(IpPrefix prefix, byte[] key) {
        ByteBuffer value = ByteBuffer.allocateDirect(MD5SIG).order(ByteOrder.nativeOrder());
        value.putShort(0, (short) AF_INET6);
        byte[] address = prefix.address().toOctets();
        if (prefix.isIp4()) {
            value.putShort(SIN6_ADDR + 10, (short) -1);
        }
        value.put(SIN6_ADDR + 16 - address.length, address);
        value.put(MD5SIG_FLAGS, (byte) MD5SIG_FLAG_PREFIX).put(MD5SIG_FLAGS + 1, (byte) prefix.prefixLength());
        value.putShort(MD5SIG_FLAGS + 2, (short) key.length).put(MD5SIG_KEY, key);
        return new Setting<>("TCP MD5 key of " + prefix, MD5SIG_EXT, value);
    }
}
