package io.natator.softswitch.log;

import io.natator.model.session.Session;
import io.natator.softswitch.flow.Datapath;
import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A datapath with its log, as agents see it: lookups reach back into the past, the log learns of shares, and its counters stand beside
 * the others. Files are read by a thread of their own, so an answer about the past may come after later ones.
 */
public final class LoggedDatapath implements Datapath {
    private final Datapath datapath;
    private final SessionArchive archive;

    public LoggedDatapath(Datapath datapath, SessionArchive archive) {
        this.datapath = datapath;
        this.archive = archive;
    }

    @Override
    public boolean ask(Request request, Consumer<Reply> to) {
        return switch (request) {
            case Request.Shares shares ->
                datapath.ask(request, reply -> {
                    if (reply instanceof Reply.Done(var refused) && refused.isEmpty()) {
                        archive.shares(shares.shares());
                    }
                    to.accept(reply);
                });
            case Request.Lookup lookup ->
                datapath.ask(request, reply -> {
                    if (reply instanceof Reply.Sessions live && archive.hasFiles()) {
                        Thread.ofVirtual().name("session-lookup").start(() -> to.accept(whole(lookup, live)));
                    } else {
                        to.accept(reply);
                    }
                });
            case Request.Counters _ ->
                datapath.ask(request, reply -> {
                    if (reply instanceof Reply.Counters(var counters) && archive.exists()) {
                        to.accept(new Reply.Counters(with(counters)));
                    } else {
                        to.accept(reply);
                    }
                });
            default -> datapath.ask(request, to);
        };
    }

    /** What lives, and what the files tell of, each once, oldest first. */
    private Reply whole(Request.Lookup ask, Reply.Sessions live) {
        Set<List<Object>> there = new HashSet<>();
        live.sessions().forEach(s -> there.add(identity(s)));
        List<Session> all = new ArrayList<>(live.sessions());
        archive.lookup(ask.outside(), ask.protocol(), ask.port(), ask.at()).stream()
                .filter(s -> !(s.state().endsWith(LogAnswer.OPEN) && there.contains(identity(s))))
                .forEach(all::add);
        all.sort(Comparator.comparing(Session::since));
        return new Reply.Sessions(all, "");
    }

    private static List<Object> identity(Session s) {
        return List.of(
                s.protocol(), s.inside(), s.insidePort(), s.outside(), s.outsidePort(), s.remote(), s.remotePort());
    }

    private List<Reply.Counter> with(List<Reply.Counter> counters) {
        List<Reply.Counter> all = new ArrayList<>(counters);
        archive.counters().forEach((name, value) -> all.add(new Reply.Counter(name, value)));
        return all;
    }

    @Override
    public void listen(Consumer<Event> to) {
        datapath.listen(to);
    }

    @Override
    public Profile profile() {
        return datapath.profile();
    }

    @Override
    public List<Event.PortDescription> ports() {
        return datapath.ports();
    }
}
