package io.natator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one step wants done. The order is fixed here, not where an effect is decided: what is installed is
 * remembered before it is desired, routes are withdrawn before rules change, and rules of bindings make room for others.
 */
final class Outbox {
    private final List<Effect> remember = new ArrayList<>();
    private final List<Effect> members = new ArrayList<>();
    private final List<Effect> announce = new ArrayList<>();
    private final List<Effect> releases = new ArrayList<>();
    private final List<Effect> desires = new ArrayList<>();
    private final List<Effect> questions = new ArrayList<>();
    private final List<Effect> news = new ArrayList<>();

    void add(Effect effect) {
        switch (effect) {
            case Effect.RememberInstalled e -> remember.add(e);
            case Effect.RememberNextHop e -> remember.add(e);
            case Effect.Forget e -> remember.add(e);
            case Effect.Devices e -> members.add(e);
            case Effect.Neighbors e -> members.add(e);
            case Effect.Groups e -> members.add(e);
            case Effect.Announce e -> announce.add(e);
            case Effect.ChangeAnnouncements e -> announce.add(e);
            case Effect.Release e -> releases.add(e);
            case Effect.Shares e -> desires.add(e);
            case Effect.Desire e -> desires.add(e);
            case Effect.Probe e -> questions.add(e);
            case Effect.Resolve e -> questions.add(e);
            case Effect.ReadCounters e -> questions.add(e);
            case Effect.ReadUse e -> questions.add(e);
            case Effect.Lease e -> questions.add(e);
            case Effect.ReadLeases e -> questions.add(e);
            case Effect.AskBindings e -> questions.add(e);
            case Effect.PublishPart e -> news.add(e);
            case Effect.PartGone e -> news.add(e);
            case Effect.PublishDevice e -> news.add(e);
            case Effect.DeviceGone e -> news.add(e);
            case Effect.PublishNeighbor e -> news.add(e);
            case Effect.NeighborGone e -> news.add(e);
            case Effect.PublishAnnouncements e -> news.add(e);
            case Effect.Log e -> news.add(e);
        }
    }

    void info(String text) {
        add(new Effect.Log(Effect.Level.INFO, text));
    }

    void warn(String text) {
        add(new Effect.Log(Effect.Level.WARN, text));
    }

    List<Effect> take() {
        return Stream.of(remember, members, announce, releases, desires, questions, news)
                .flatMap(List::stream)
                .toList();
    }
}
