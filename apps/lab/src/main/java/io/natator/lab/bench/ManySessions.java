package io.natator.lab.bench;

import java.net.InetAddress;

/** Datagrams of so many sessions: inside addresses times source ports, at random. */
final class ManySessions {
    private static final int SOURCE_HOST_AT = 28;
    private static final int SOURCE_PORT_AT = 34;
    private static final int FIRST_HOST = 16;
    private static final int FIRST_PORT = 1024;
    private static final int PORTS = 64_000;

    private final Road road;
    private final XdpProgram.Word hosts;
    private final XdpProgram.Word ports;

    /** @param count of sessions, as near as hosts of 64,000 ports each come; at most 12 million */
    ManySessions(Road road, int count) {
        this.road = road;
        int first = InetAddress.ofLiteral(road.address(1, FIRST_HOST)).getAddress()[2] << 8 | FIRST_HOST;
        int perHost = Math.min(count, PORTS);
        hosts = new XdpProgram.Word(SOURCE_HOST_AT, first, Math.max(1, count / perHost));
        ports = new XdpProgram.Word(SOURCE_PORT_AT, FIRST_PORT, perHost);
    }

    int count() {
        return hosts.values() * ports.values();
    }

    /** Datagrams a second that come through. */
    double rate(Runnable soon) throws Exception {
        return Overload.rate(road, road.datagram(road.address(1, 2)), ports, hosts, soon);
    }
}
