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
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
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
        // A logging back end on the class path would cost more start-up time than the call itself.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        DefaultThreadFactory daemonThreads = new DefaultThreadFactory("natator-cli", true);
        NettyChannelBuilder builder = address.startsWith(UNIX)
                ? unix(address.substring(UNIX.length()))
                : NettyChannelBuilder.forAddress(parse(address)).channelType(NioSocketChannel.class);
        return builder.usePlaintext()
                .directExecutor()
                .disableServiceConfigLookUp()
                .disableRetry()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .eventLoopGroup(new MultiThreadIoEventLoopGroup(1, daemonThreads, NioIoHandler.newFactory()))
                .build();
    }

    private static NettyChannelBuilder unix(String path) {
        // gRPC asks for TCP keep-alive on whatever channel, and Netty warns that this one has none.
        BOOTSTRAP.setLevel(Level.SEVERE);
        return NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(path))
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
