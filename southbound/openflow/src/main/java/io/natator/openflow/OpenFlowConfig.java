package io.natator.openflow;

import io.natator.openflow.reconcile.ReconcileLimits;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Settings of the OpenFlow side.
 *
 * @param listen address and port; port 0 lets the kernel choose
 * @param maxConnections more are turned away
 * @param echoInterval a connection silent for so long is asked for a sign of life
 * @param silence a connection silent for so long is given up
 * @param handshake from connect to the end of discovery
 * @param packetInPerSecond packets a second that one device may send up, 1 to 1,000,000
 * @param packetInBurst at once
 * @param reconcile waiting times of reconciling
 */
public record OpenFlowConfig(
        InetSocketAddress listen,
        int maxConnections,
        Duration echoInterval,
        Duration silence,
        Duration handshake,
        int packetInPerSecond,
        int packetInBurst,
        ReconcileLimits reconcile) {
    /** The port that IANA assigned. */
    public static final int PORT = 6653;

    /** Defaults for {@code listen}: 4096 connections, echo after 5 s, given up after 20 s, 15 s to get ready, 1000 packets a second. */
    public static OpenFlowConfig at(InetSocketAddress listen) {
        return new OpenFlowConfig(
                listen,
                4096,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(15),
                1000,
                2000,
                ReconcileLimits.DEFAULT);
    }

    /** The same with other waiting times of reconciling. */
    public OpenFlowConfig withReconcile(ReconcileLimits limits) {
        return new OpenFlowConfig(
                listen, maxConnections, echoInterval, silence, handshake, packetInPerSecond, packetInBurst, limits);
    }

    /** The same with other waiting times for a silent connection. */
    public OpenFlowConfig withKeepAlive(Duration echo, Duration givenUp) {
        return new OpenFlowConfig(
                listen, maxConnections, echo, givenUp, handshake, packetInPerSecond, packetInBurst, reconcile);
    }
}
