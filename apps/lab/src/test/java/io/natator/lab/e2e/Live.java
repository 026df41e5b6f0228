package io.natator.lab.e2e;

import com.google.protobuf.Message;
import io.natator.cli.file.ResourceReader;
import io.natator.lab.api.Api;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.SwitchKind;
import io.natator.lab.net.Target;
import io.natator.lab.net.Wait;
import io.natator.lab.topology.Lab;
import io.natator.lab.topology.Network;
import io.natator.lab.topology.Variant;
import io.natator.lab.traffic.HttpSite;
import io.natator.lab.traffic.Pinger;
import io.natator.v1.DeleteTranslationRequest;
import io.natator.v1.Device;
import io.natator.v1.ListPoolUseRequest;
import io.natator.v1.Neighbor;
import io.natator.v1.PoolUse;
import io.natator.v1.Translation;
import io.natator.v1.TranslationStatus;
import io.natator.v1.UpdateDeviceRequest;
import io.natator.v1.UpdateNeighborRequest;
import io.natator.v1.UpdateTranslationRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One lab with its daemon for all tests of a class; logs of failed tests are kept in {@code target/e2e}. */
final class Live implements BeforeAllCallback, AfterAllCallback, AfterTestExecutionCallback {
    static final Duration SOON = Duration.ofSeconds(15);

    private final Variant variant;
    private final SwitchKind kind;
    private final Function<Lab, Map<String, String>> bgp;
    private final List<AutoCloseable> closeables = new ArrayList<>();
    private Lab lab;
    private Api api;

    /** On the switch that the system property {@code natator.switch} names; Open vSwitch if it does not. */
    Live(Variant variant) {
        this(variant, SwitchKind.of(System.getProperty("natator.switch", SwitchKind.OVS.word())));
    }

    Live(Variant variant, SwitchKind kind) {
        this(variant, kind, lab -> Map.of());
    }

    /** @param bgp starts what the daemon is to find, and gives its {@code bgp} configuration */
    Live(Variant variant, SwitchKind kind, Function<Lab, Map<String, String>> bgp) {
        this.variant = variant;
        this.kind = kind;
        this.bgp = bgp;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        lab = Lab.up(variant, kind);
        closeables.add(lab);
        lab.startDaemon(bgp.apply(lab));
        api = Api.of(lab.daemon());
        closeables.add(api);
        apply(text(lab.networkFile()));
        lab.connectSwitch();
        for (Namespace host :
                List.of(network().client(), network().h1(), network().h2())) {
            closeables.add(HttpSite.serve(host));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        for (AutoCloseable closeable : closeables.reversed()) {
            closeable.close();
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            var kept = Target.dir()
                    .resolve("e2e")
                    .resolve(context.getRequiredTestClass().getSimpleName() + "."
                            + context.getRequiredTestMethod().getName());
            lab.inventory().keepLogs(kept);
            System.err.println("logs: " + kept);
            System.err.println(String.join("\n", lab.dataplane().flows()));
            System.err.println(api.allTranslations());
        }
    }

    Lab lab() {
        return lab;
    }

    Api api() {
        return api;
    }

    Network network() {
        return lab.network();
    }

    /** Stores what the lab's file says. */
    void applyFile() {
        apply(file());
    }

    /** What the lab's file says, as text. */
    String file() {
        return text(lab.intents());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stores what the lab's example says, and waits until all of it is active. */
    void applyExample() {
        applyFile();
        awaitActive("office");
        awaitActive("office-v6");
        if (variant != Variant.TRANSPARENT) {
            lab.bird().awaitRoutes(SOON, Family.IPV4.outsideBlock, Family.IPV6.outsideBlock);
        }
    }

    /** Stores resources as {@code natator apply} would. */
    void apply(String yaml) {
        ResourceReader reader = new ResourceReader();
        reader.read("test", yaml);
        if (!reader.problems().isEmpty()) {
            throw new IllegalArgumentException(reader.problems().toString());
        }
        reader.documents().forEach(document -> store(document.resource()));
    }

    private void store(Message resource) {
        switch (resource) {
            case Device device -> {
                Device _ = api.devices()
                        .updateDevice(UpdateDeviceRequest.newBuilder()
                                .setDevice(device)
                                .setAllowMissing(true)
                                .build());
            }
            case Neighbor neighbor -> {
                Neighbor _ = api.neighbors()
                        .updateNeighbor(UpdateNeighborRequest.newBuilder()
                                .setNeighbor(neighbor)
                                .setAllowMissing(true)
                                .build());
            }
            case Translation translation -> {
                Translation _ = api.translations()
                        .updateTranslation(UpdateTranslationRequest.newBuilder()
                                .setTranslation(translation)
                                .setAllowMissing(true)
                                .build());
            }
            default -> throw new IllegalArgumentException(resource.toString());
        }
    }

    void awaitActive(String translation) {
        api.awaitState(translation, TranslationStatus.State.ACTIVE, SOON);
    }

    /** Asks for the deletion and returns at once. */
    void delete(String translation) {
        var _ = api.translations()
                .deleteTranslation(DeleteTranslationRequest.newBuilder()
                        .setName("translations/" + translation)
                        .build());
    }

    void deleteAndAwait(String translation) {
        delete(translation);
        api.awaitGone(translation, SOON);
    }

    /** Use of the pools on a software switch, {@code devices/ID}. */
    Stream<PoolUse> pools(String device) {
        return api.sessions().listPoolUse(ListPoolUseRequest.getDefaultInstance()).getPoolsList().stream()
                .filter(pool -> pool.getDevice().equals(device));
    }

    /** Five pings. Those that find the way, by ARP or neighbour discovery, come before and do not count. */
    Pinger.Report ping(Namespace from, String target) {
        for (int i = 0; i < 30 && Pinger.ping(from, target, 1).received() == 0; i++) {
            Wait.pause(Duration.ofMillis(20));
        }
        return Pinger.ping(from, target, 5);
    }
}
