package io.natator.server;

import io.natator.server.config.ConfigException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.IpAddress;

/** Our BGP identifier. */
final class RouterId {
    private RouterId() {}

    /**
     * What is configured, else the highest IPv4 address of this machine (as routers do).
     *
     * @throws ConfigException if there is neither
     */
    static IpAddress choose(String configured) {
        if (!configured.isEmpty()) {
            return IpAddress.valueOf(configured);
        }
        return highest().orElseGet(() -> IpAddress.valueOf("127.0.0.1"));
    }

    private static Optional<IpAddress> highest() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress() && !a.isLinkLocalAddress())
                    .map(InetAddress::getAddress)
                    .map(octets -> (IpAddress) Ip4Address.valueOf(octets))
                    .max(Comparator.naturalOrder());
        } catch (SocketException e) {
            throw new ConfigException(
                    "bgp.router_id: addresses of this machine cannot be read (" + e.getMessage() + "): set it");
        }
    }
}
