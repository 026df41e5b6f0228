package io.natator.core.loop;

import io.natator.core.Effect;
import io.natator.core.store.Store;
import io.natator.core.store.StoreException;
import io.natator.model.intent.Translation;
import io.natator.model.southbound.Sessions;
import io.natator.model.southbound.Speakers;
import io.natator.model.southbound.SwitchEvent;
import io.natator.model.southbound.Switches;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out effects. */
public final class Executor implements Consumer<List<Effect>> {
    private static final Logger LOG = LoggerFactory.getLogger(Executor.class);

    private final Switches switches;
    private final Sessions sessions;
    private final Speakers speakers;
    private final Store store;
    private final Function<Translation, String> json;
    private final Consumer<SwitchEvent> told;
    private final Consumer<Effect> news;
    private final Unsaved unsaved = new Unsaved();

    /**
     * @param json how translations are remembered
     * @param told takes answers, on any thread
     * @param news takes {@code Publish…} and {@code …Gone}; must not block
     */
    public Executor(
            Switches switches,
            Sessions sessions,
            Speakers speakers,
            Store store,
            Function<Translation, String> json,
            Consumer<SwitchEvent> told,
            Consumer<Effect> news) {
        this.switches = switches;
        this.sessions = sessions;
        this.speakers = speakers;
        this.store = store;
        this.json = json;
        this.told = told;
        this.news = news;
    }

    @Override
    public void accept(List<Effect> effects) {
        for (Effect effect : effects) {
            if (!isMemory(effect)) {
                save();
            }
            execute(effect);
        }
        save();
    }

    private static boolean isMemory(Effect effect) {
        return effect instanceof Effect.RememberInstalled
                || effect instanceof Effect.RememberNextHop
                || effect instanceof Effect.Forget;
    }

    /** One transaction for a run of memories. If it fails, they stay for the next: a restart might then rewrite rules. */
    private void save() {
        if (unsaved.isEmpty()) {
            return;
        }
        try {
            store.remember(unsaved.list());
            unsaved.clear();
        } catch (StoreException e) {
            LOG.error("event=store-failed reason=\"{}\"", e.getMessage());
        }
    }

    private void execute(Effect effect) {
        switch (effect) {
            case Effect.RememberInstalled e ->
                unsaved.add(new Store.Memory.Installed(
                        e.datapathId(), e.translation(), e.current().map(json)));
            case Effect.RememberNextHop e ->
                unsaved.add(new Store.Memory.NextHop(
                        e.datapathId(), text(e.address()), e.mac().map(MacAddress::toString)));
            case Effect.Forget e -> unsaved.add(new Store.Memory.Forget(e.datapathId()));
            case Effect.Devices e -> switches.devices(e.devices());
            case Effect.Neighbors e -> speakers.neighbors(e.neighbors());
            case Effect.Groups e -> speakers.groups(e.groups());
            case Effect.Announce e -> speakers.announce(e.generation(), e.announcements());
            case Effect.ChangeAnnouncements e -> speakers.change(e.generation(), e.added(), e.removed());
            case Effect.Desire e -> {
                switches.translations(e.datapathId(), e.translations());
                switches.desire(e.datapathId(), e.rules());
            }
            case Effect.Shares e -> sessions.shares(e.datapathId(), e.shares());
            case Effect.Probe e -> switches.probe(e.datapathId(), e.nonce(), e.probe());
            case Effect.Resolve e -> switches.resolve(e.datapathId(), e.address());
            case Effect.ReadUse e -> readUse(e.datapathId());
            case Effect.Lease e -> switches.lease(e.datapathId(), e.id(), e.rules(), e.time());
            case Effect.Release e -> switches.release(e.datapathId(), e.ids());
            case Effect.ReadLeases e -> switches.readLeases(e.datapathId(), e.number());
            case Effect.AskBindings e -> sessions.bindings(e.datapathId(), e.round());
            case Effect.ReadCounters e -> switches.readCounters(e.datapathId(), e.owner());
            case Effect.PublishPart e -> news.accept(e);
            case Effect.PartGone e -> news.accept(e);
            case Effect.PublishDevice e -> news.accept(e);
            case Effect.DeviceGone e -> news.accept(e);
            case Effect.PublishNeighbor e -> news.accept(e);
            case Effect.NeighborGone e -> news.accept(e);
            case Effect.PublishAnnouncements e -> news.accept(e);
            case Effect.Log e -> log(e);
        }
    }

    /** Who does not answer is asked again. */
    private void readUse(long datapathId) {
        var _ = sessions.use(datapathId).thenAccept(uses -> {
            Map<Integer, Long> live = new HashMap<>();
            uses.forEach(u -> live.put(u.share(), u.sessions()));
            told.accept(new SwitchEvent.SharesUsed(datapathId, live));
        });
    }

    private static String text(IpAddress address) {
        return address.toString();
    }

    private static void log(Effect.Log line) {
        switch (line.level()) {
            case DEBUG -> LOG.debug("{}", line.text());
            case INFO -> LOG.info("{}", line.text());
            case WARN -> LOG.warn("{}", line.text());
        }
    }
}
