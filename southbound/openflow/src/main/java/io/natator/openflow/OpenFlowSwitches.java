package io.natator.openflow;

import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.proof.ProbeCase;
import io.natator.model.rule.Rule;
import io.natator.model.rule.RuleSet;
import io.natator.model.session.BindingRound;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share;
import io.natator.model.southbound.Sessions;
import io.natator.model.southbound.SwitchEvent;
import io.natator.model.southbound.Switches;
import io.natator.openflow.codec.Messages;
import io.natator.openflow.experimenter.SessionReply;
import io.natator.openflow.experimenter.SessionRequest;
import io.natator.openflow.experimenter.ShareCodec;
import io.natator.openflow.reconcile.RuleTable;
import io.natator.openflow.session.Datapath;
import io.natator.openflow.session.SessionHost;
import io.natator.openflow.session.SwitchSession;
import io.natator.openflow.transport.OpenFlowServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import org.onlab.packet.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All switches, by OpenFlow 1.4 and 1.3. Calls may come from any thread and do not block; events come on the OpenFlow
 * thread, so the sink must be quick. Closing leaves the rules on the devices.
 */
public final class OpenFlowSwitches implements Switches, Sessions, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFlowSwitches.class);
    private static final int UNKNOWN_LOGGED = 10_000;
    private static final int EARLY = 10_000;

    private final OpenFlowConfig config;
    private final Consumer<SwitchEvent> events;
    private final Counts counts = new Counts();
    private final OpenFlowServer server;
    private final ExecutorService encoder = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("openflow-encoder").factory());

    private final CompletableFuture<Void> loaded;
    private volatile boolean closing;

    // the loop's alone
    private final Map<Long, Datapath> datapaths = new HashMap<>();
    private final Map<Long, RuleTable> early = new HashMap<>();
    private final Map<Long, byte[]> earlyShares = new HashMap<>();
    private final Set<Long> unknown = new HashSet<>();

    public OpenFlowSwitches(OpenFlowConfig config, Consumer<SwitchEvent> events) {
        this.config = config;
        this.server = new OpenFlowServer(
                config,
                counts,
                link -> new SwitchSession(link, new Admission(), config, counts, this::tell, System.nanoTime()));
        this.events = events;
        this.loaded = CompletableFuture.runAsync(
                () -> {
                    Messages.load();
                    OpenFlowServer.load();
                },
                encoder);
    }

    private void tell(SwitchEvent event) {
        if (!closing) {
            events.accept(event); // that we leave is no news about a switch
        }
    }

    /**
     * Starts to listen, as soon as the codec is loaded.
     *
     * @return the address in use
     * @throws IOException if the address is taken or not ours
     */
    public InetSocketAddress start() throws IOException {
        loaded.join();
        InetSocketAddress address = server.start();
        LOG.info("listening for switches on {}", address);
        return address;
    }

    /** Counters by name. */
    public Map<String, Long> counters() {
        return counts.snapshot();
    }

    /** The address to listen on. */
    public InetSocketAddress listen() {
        return config.listen();
    }

    @Override
    public void devices(Collection<Device> devices) {
        Map<Long, Device> wanted = new LinkedHashMap<>();
        devices.forEach(d -> wanted.put(d.datapathId(), d));
        server.execute(() -> {
            for (Datapath datapath : List.copyOf(datapaths.values())) {
                if (!wanted.containsKey(datapath.id())) {
                    datapaths.remove(datapath.id());
                    if (datapath.session() != null) {
                        datapath.session().close("device was removed");
                    }
                }
            }
            wanted.forEach((id, device) -> {
                unknown.remove(id);
                Datapath datapath = datapaths.computeIfAbsent(id, i -> new Datapath(i, device));
                datapath.device(device);
                if (datapath.session() != null) {
                    datapath.session().configured();
                }
                RuleTable table = early.remove(id);
                if (table != null) {
                    datapath.desired(table);
                }
                byte[] shares = earlyShares.remove(id);
                if (shares != null) {
                    datapath.shares(shares);
                }
            });
            early.clear();
            earlyShares.clear();
        });
    }

    @Override
    public void desire(long datapathId, RuleSet desired) {
        encoder.execute(() -> {
            RuleTable table = RuleTable.encode(desired);
            counts.add(Count.RULES_UNSUPPORTED, table.unsupported().size());
            server.execute(() -> take(datapathId, table));
        });
    }

    /** By the same way as {@link #desire}: what is told first comes first. */
    @Override
    public void shares(long datapathId, List<Share> shares) {
        encoder.execute(() -> {
            byte[] set = ShareCodec.write(shares);
            server.execute(() -> take(datapathId, set));
        });
    }

    private void take(long datapathId, byte[] set) {
        Datapath datapath = datapaths.get(datapathId);
        if (datapath == null) {
            if (earlyShares.size() < EARLY) {
                earlyShares.put(datapathId, set); // devices() may come right after
            }
            return;
        }
        datapath.shares(set);
        if (datapath.session() != null) {
            datapath.session().tellShares();
        }
    }

    @Override
    public CompletableFuture<Page> list(long datapathId, SessionQuery query, String token, int most) {
        SessionRequest request = new SessionRequest.Page(query, token, Math.clamp(most, 1, SessionRequest.MAX_PAGE));
        return ask(datapathId, request, reply -> new Page(reply.sessions(), reply.nextToken()));
    }

    @Override
    public CompletableFuture<List<Session>> lookup(
            long datapathId, IpAddress outside, int protocol, int port, Instant at) {
        return ask(datapathId, new SessionRequest.Lookup(outside, protocol, port, at), SessionReply::sessions);
    }

    @Override
    public CompletableFuture<Long> clear(long datapathId, SessionQuery query) {
        return ask(datapathId, new SessionRequest.Clear(query), SessionReply::ended);
    }

    @Override
    public CompletableFuture<List<PoolUse>> use(long datapathId) {
        return ask(datapathId, new SessionRequest.Use(), SessionReply::use);
    }

    private <T> CompletableFuture<T> ask(long datapathId, SessionRequest request, Function<SessionReply, T> meaning) {
        CompletableFuture<T> future = new CompletableFuture<>();
        server.execute(() -> {
            Datapath datapath = datapaths.get(datapathId);
            if (datapath == null || datapath.session() == null) {
                counts.add(Count.CALLS_NOT_CONNECTED);
                future.completeExceptionally(new IOException("datapath %016x is not connected".formatted(datapathId)));
            } else {
                datapath.session().ask(request, future, meaning, System.nanoTime());
            }
        });
        return future;
    }

    @Override
    public void translations(long datapathId, List<Translation> translations) {
        server.execute(() -> {
            Datapath datapath = datapaths.get(datapathId);
            if (datapath == null) {
                return; // told again with its next rules
            }
            datapath.translations(translations);
            if (datapath.session() != null) {
                datapath.session().configured();
            }
        });
    }

    private void take(long datapathId, RuleTable table) {
        Datapath datapath = datapaths.get(datapathId);
        if (datapath == null) {
            if (early.size() < EARLY) {
                early.put(datapathId, table); // devices() may come right after
            }
            return;
        }
        datapath.desired(table);
        if (datapath.session() != null) {
            datapath.session().desire(table, System.nanoTime());
        }
    }

    @Override
    public void probe(long datapathId, long nonce, ProbeCase probe) {
        onSession(datapathId, session -> session.probe(nonce, probe));
    }

    @Override
    public void resolve(long datapathId, IpAddress address) {
        onSession(datapathId, session -> session.resolve(address));
    }

    @Override
    public void readCounters(long datapathId, String owner) {
        onSession(datapathId, session -> session.readCounters(owner));
    }

    @Override
    public void lease(long datapathId, long id, List<Rule> rules, Duration time) {
        onSession(datapathId, session -> session.lease(id, rules, (int) time.toSeconds()));
    }

    @Override
    public void release(long datapathId, Collection<Long> ids) {
        onSession(datapathId, session -> session.release(ids));
    }

    @Override
    public void readLeases(long datapathId, long number) {
        onSession(datapathId, session -> session.readLeases(number));
    }

    /** By the same way as {@link #shares}: what is told first comes first. */
    @Override
    public void bindings(long datapathId, BindingRound round) {
        encoder.execute(() -> ask(datapathId, new SessionRequest.Bindings(round), SessionReply::bindings)
                .thenAccept(answer -> tell(new SwitchEvent.Bindings(datapathId, answer))));
    }

    private void onSession(long datapathId, Consumer<SwitchSession> call) {
        server.execute(() -> {
            Datapath datapath = datapaths.get(datapathId);
            if (datapath == null || datapath.session() == null) {
                counts.add(Count.CALLS_NOT_CONNECTED);
            } else {
                call.accept(datapath.session());
            }
        });
    }

    @Override
    public void close() {
        closing = true;
        encoder.shutdownNow();
        server.close();
    }

    private final class Admission implements SessionHost {
        @Override
        public Optional<Datapath> admit(long datapathId, SwitchSession session) {
            Datapath datapath = datapaths.get(datapathId);
            if (datapath == null) {
                counts.add(Count.CONNECTIONS_TURNED_AWAY_UNKNOWN_DATAPATH);
                if (unknown.size() < UNKNOWN_LOGGED && unknown.add(datapathId)) {
                    LOG.warn(
                            "datapath {} at {} is not one of our devices: turned away",
                            String.format("%016x", datapathId),
                            session.peer());
                }
                return Optional.empty();
            }
            if (datapath.session() != null) {
                counts.add(Count.CONNECTIONS_REPLACED_BY_NEWER);
                datapath.session().close("replaced by a newer connection");
            }
            datapath.session(session);
            return Optional.of(datapath);
        }
    }
}
