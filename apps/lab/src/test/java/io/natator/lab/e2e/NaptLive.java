package io.natator.lab.e2e;

import io.natator.lab.net.Named;
import io.natator.lab.net.NatatorSwitch;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.topology.Addresses;
import io.natator.lab.topology.Variant;
import io.natator.lab.traffic.Crowd;
import io.natator.lab.traffic.UdpEcho;
import io.natator.v1.PoolUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * {@link Live} with software switches beside its switch, a {@link Crowd}, an echo and BIND on the client, and {@code
 * docs/examples/crowd.yaml} applied: translations {@code fixed} and {@code shared}.
 */
final class NaptLive implements BeforeAllCallback, AfterAllCallback, AfterTestExecutionCallback {
    static final String FIXED = "192.168.3.0/28";

    private final Live live = new Live(Variant.ROUTED, SwitchKind.OVS);
    private final int switches;
    private final List<NatatorSwitch> software = new ArrayList<>();
    private Crowd crowd;
    private UdpEcho echo;

    /** @param switches how many software switches; the file knows of the first */
    NaptLive(int switches) {
        this.switches = switches;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        live.beforeAll(context);
        software.addAll(ServedDevice.start(live, switches));
        crowd = live.lab().startCrowd();
        echo = UdpEcho.serve(live.network().client());
        Named.start(live.lab().inventory(), live.network().client(), Addresses.CLIENT);
        live.lab().describedBy("crowd.yaml");
        live.applyFile();
        awaitActive();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (echo != null) {
            echo.close();
        }
        live.afterAll(context);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        live.afterTestExecution(context);
    }

    Live live() {
        return live;
    }

    Crowd crowd() {
        return crowd;
    }

    /** A software switch, from 1. */
    NatatorSwitch software(int number) {
        return software.get(number - 1);
    }

    void awaitActive() {
        live.awaitActive("fixed");
        live.awaitActive("shared");
        live.lab().bird().awaitRoutes(Live.SOON, FIXED, Addresses.POOL);
    }

    /** Whom the client saw by a datagram of a host's new socket. */
    InetSocketAddress ask(int host) {
        try (DatagramSocket socket = crowd.socket(Crowd.host(host))) {
            return crowd.ask(socket, new byte[] {1, 2, 3});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What all slices of the pool on a software switch, from 1, use of something. */
    long use(int number, ToLongFunction<PoolUse> what) {
        return pools(number).mapToLong(what).sum();
    }

    /** Use of the pool's slices on a software switch, from 1. */
    Stream<PoolUse> pools(int number) {
        return live.pools("devices/ss" + number);
    }
}
