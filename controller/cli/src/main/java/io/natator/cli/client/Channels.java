package io.natator.cli.client;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.natator.cli.CliException;
import io.natator.cli.ExitCode;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Opens channels to the daemon: plain text HTTP/2, one thread. */
public final class Channels {
    /** Where the daemon listens if nobody says otherwise. */
    public static final String DEFAULT_ADDRESS = "127.0.0.1:9653";

    private static final String UNIX = "unix:";
    /** Held here, since the JDK forgets the level of a logger that nobody holds. */
    private static final Logger BOOTSTRAP = Logger.getLogger("io.netty.bootstrap.Bootstrap");

    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    private Channels() {}

    /** @param address {@code host:port}, {@code [v6]:port}, a host alone, or {@code unix:/path} */
    public static ManagedChannel open(String address) {
        SocketAddress socket = address.startsWith(UNIX)
                ? UnixDomainSocketAddress.of(address.substring(UNIX.length()))
                : parse(address);
        knock(socket, address);
        // A logging back end on the class path would cost more start-up time than the call itself.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        DefaultThreadFactory daemonThreads = new DefaultThreadFactory("natator-cli", true);
        NettyChannelBuilder builder = socket instanceof UnixDomainSocketAddress unix
                ? unix(unix)
                : NettyChannelBuilder.forAddress(socket).channelType(NioSocketChannel.class);
        return builder.usePlaintext()
                .directExecutor()
                .disableServiceConfigLookUp()
                .disableRetry()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .eventLoopGroup(new MultiThreadIoEventLoopGroup(1, daemonThreads, NioIoHandler.newFactory()))
                .build();
    }

    /**
     * A daemon on this machine that is not there is noticed before gRPC is even loaded: that takes longer than all the
     * rest. What is not refused at once is left to the call.
     */
    private static void knock(SocketAddress socket, String address) {
        if (socket instanceof InetSocketAddress inet && !inet.getAddress().isLoopbackAddress()) {
            return;
        }
        try (SocketChannel channel = socket instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open()) {
            channel.configureBlocking(false);
            boolean _ = channel.connect(socket) || channel.finishConnect();
        } catch (IOException e) {
            throw Failure.unreachable(address, e.getMessage());
        }
    }

    private static NettyChannelBuilder unix(UnixDomainSocketAddress socket) {
        // gRPC asks for TCP keep-alive on whatever channel, and Netty warns that this one has none.
        BOOTSTRAP.setLevel(Level.SEVERE);
        return NettyChannelBuilder.forAddress(socket)
                .overrideAuthority("localhost")
                .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class);
    }

    private static InetSocketAddress parse(String address) {
        int colon = address.lastIndexOf(':');
        boolean portGiven = colon >= 0
                && (address.startsWith("[") ? address.charAt(colon - 1) == ']' : address.indexOf(':') == colon);
        String host = portGiven ? address.substring(0, colon) : address;
        String port =
                portGiven ? address.substring(colon + 1) : DEFAULT_ADDRESS.substring(DEFAULT_ADDRESS.indexOf(':') + 1);
        try {
            InetSocketAddress socket = new InetSocketAddress(host, Integer.parseInt(port));
            if (!host.isEmpty() && !socket.isUnresolved()) {
                return socket;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new CliException(
                ExitCode.USAGE,
                "--server " + address + ": no such address; write HOST:PORT or unix:PATH, for example "
                        + DEFAULT_ADDRESS);
    }
}
