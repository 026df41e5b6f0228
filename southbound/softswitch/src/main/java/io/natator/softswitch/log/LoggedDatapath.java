package io.natator.softswitch.log;

import io.natator.model.session.Session;
import io.natator.softswitch.flow.Datapath;
import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    /**
     * What lives, and what the files tell of, each once, oldest first. The datapath knows mappings, but not since when; the
     * files know sessions, but of what ended just now not yet that it ended.
     */
    private Reply whole(Request.Lookup ask, Reply.Sessions live) {
        List<Session> all = new ArrayList<>();
        for (Session logged : archive.lookup(ask.outside(), ask.protocol(), ask.port(), ask.at())) {
            boolean isOpen = logged.state().equals(LogAnswer.OPEN);
            boolean gone = !ask.past() && live.sessions().stream().noneMatch(s -> isOfOneMapping(s, logged));
            boolean known = live.sessions().stream().anyMatch(s -> hasTimes(s) && isOne(s, logged));
            if (!isOpen || !(gone || known)) {
                all.add(logged);
            }
        }
        for (Session now : live.sessions()) {
            if (all.stream().noneMatch(s -> s.state().equals(LogAnswer.OPEN) && isOfOneMapping(s, now))) {
                all.add(now);
            }
        }
        all.sort(Comparator.comparing(Session::since));
        return new Reply.Sessions(all, "");
    }

    private static boolean hasTimes(Session live) {
        return !live.since().equals(live.until());
    }

    private static boolean isOfOneMapping(Session a, Session b) {
        return a.protocol() == b.protocol()
                && a.inside().equals(b.inside())
                && a.insidePort() == b.insidePort()
                && a.outside().equals(b.outside())
                && a.outsidePort() == b.outsidePort();
    }

    private static boolean isOne(Session a, Session b) {
        return isOfOneMapping(a, b) && a.remote().equals(b.remote()) && a.remotePort() == b.remotePort();
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
