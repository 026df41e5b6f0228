package io.natator.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.natator.bgp.BgpSpeakers;
import io.natator.bgp.SpeakerConfig;
import io.natator.bgp.bmp.BmpConfig;
import io.natator.bgp.bmp.BmpExporter;
import io.natator.bgp.rpki.Cache;
import io.natator.core.Event;
import io.natator.core.loop.Loop;
import io.natator.model.southbound.RoaSource;
import io.natator.model.southbound.Sessions;
import io.natator.model.southbound.Speakers;
import io.natator.model.southbound.Switches;
import io.natator.openflow.OpenFlowConfig;
import io.natator.openflow.OpenFlowSwitches;
import io.natator.server.config.Config;
import io.natator.server.config.Listen;
import io.natator.server.rpki.RoaFile;
import io.natator.server.softswitch.EmbeddedSwitch;
import io.natator.softswitch.SoftSwitch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** OpenFlow and BGP. */
final class SouthboundModule extends AbstractModule {
    private final Config config;

    SouthboundModule(Config config) {
        this.config = config;
    }

    @Provides
    @Singleton
    BgpSpeakers bgp(Loop loop) {
        Optional<InetSocketAddress> listen = Optional.of(config.bgp().listen())
                .filter(text -> !text.isEmpty())
                .map(text -> Listen.parse("bgp.listen", text));
        try {
            return BgpSpeakers.start(
                    SpeakerConfig.of(listen, RouterId.choose(config.bgp().routerId())),
                    event -> loop.tell(new Event.FromNeighbor(event)));
        } catch (IOException e) {
            throw Startup.cannotListen("bgp.listen", config.bgp().listen(), e);
        }
    }

    @Provides
    @Singleton
    Speakers speakers(BgpSpeakers bgp) {
        return bgp;
    }

    @Provides
    @Singleton
    OpenFlowSwitches openFlow(Loop loop) {
        return new OpenFlowSwitches(
                OpenFlowConfig.at(
                        Listen.parse("openflow.listen", config.openflow().listen())),
                event -> loop.tell(new Event.FromSwitch(event)));
    }

    @Provides
    @Singleton
    Switches switches(OpenFlowSwitches openFlow) {
        return openFlow;
    }

    private List<RoaSource> roaSources(BgpSpeakers bgp) {
        List<RoaSource> sources = new ArrayList<>();
        String file = config.bgp().rpki().file();
        if (!file.isEmpty()) {
            sources.add(RoaFile.read(Path.of(file)));
        }
        List<Cache> caches = config.bgp().rpki().caches().stream()
                .map(r -> new Cache(r.host(), r.port()))
                .toList();
        if (!caches.isEmpty()) {
            sources.add(bgp.roas(caches));
        }
        return List.copyOf(sources);
    }

    private List<BmpExporter> exporters(BgpSpeakers bgp) {
        return config.bgp().bmp().collectors().stream()
                .map(r -> bgp.export(BmpConfig.of(r.host(), r.port(), "natator")))
                .toList();
    }

    @Provides
    Sessions sessions(OpenFlowSwitches openFlow) {
        return openFlow;
    }

    @Provides
    @Singleton
    Southbounds southbounds(OpenFlowSwitches openFlow, BgpSpeakers bgp) {
        List<RoaSource> roaSources = roaSources(bgp);
        List<BmpExporter> exporters = exporters(bgp);
        return new Southbounds() {
            private volatile Optional<SoftSwitch> softSwitch = Optional.empty();

            @Override
            public List<RoaSource> roaSources() {
                return roaSources;
            }

            @Override
            public void start() {
                try {
                    softSwitch = EmbeddedSwitch.start(config.softswitch(), openFlow.start());
                } catch (IOException e) {
                    throw Startup.cannotListen(
                            "openflow.listen", config.openflow().listen(), e);
                }
            }

            @Override
            public Map<String, Supplier<Map<String, Long>>> counters() {
                return Map.of(
                        "openflow",
                        openFlow::counters,
                        "bgp",
                        bgp::counters,
                        "softswitch",
                        () -> softSwitch.map(SoftSwitch::counters).orElse(Map.of()));
            }

            @Override
            public void close() {
                roaSources.forEach(RoaSource::close);
                softSwitch.ifPresent(SoftSwitch::close);
                exporters.forEach(BmpExporter::close);
                openFlow.close();
                bgp.close();
            }
        };
    }
}
