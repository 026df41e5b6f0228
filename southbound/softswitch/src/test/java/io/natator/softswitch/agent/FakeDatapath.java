package io.natator.softswitch.agent;

import io.natator.model.session.BindingRound;
import io.natator.model.session.Share;
import io.natator.softswitch.flow.Datapath;
import io.natator.softswitch.flow.ErrorType;
import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Modification.FlowCommand;
import io.natator.softswitch.flow.Modification.FlowMod;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Refusal;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import io.natator.softswitch.io.PortCounters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Keeps rules in a list and answers when it is told to, or at once. Any thread. */
final class FakeDatapath implements Datapath {
    private static final int PART = 100;

    record Asked(Request request, Consumer<Reply> to) {}

    final List<Reply.Flow> flows = new ArrayList<>();
    final Deque<Asked> asked = new ArrayDeque<>();
    final Profile profile;
    boolean answersAtOnce = true;
    boolean busy;
    Predicate<Modification> refuses = _ -> false;
    Consumer<Event> events = _ -> {};
    List<Share> shares = List.of();

    FakeDatapath(Profile profile) {
        this.profile = profile;
    }

    @Override
    public synchronized boolean ask(Request request, Consumer<Reply> to) {
        if (busy) {
            return false;
        }
        asked.add(new Asked(request, to));
        if (answersAtOnce) {
            answer();
        }
        return true;
    }

    /** Rules that there are. */
    synchronized int count() {
        return flows.size();
    }

    /** Does what was asked, in order. */
    synchronized void answer() {
        while (!asked.isEmpty()) {
            Asked next = asked.remove();
            perform(next.request(), next.to());
        }
    }

    private void perform(Request request, Consumer<Reply> to) {
        switch (request) {
            case Request.Modify(List<Modification> changes) -> {
                List<Reply.Refused> refused = new ArrayList<>();
                for (int i = 0; i < changes.size(); i++) {
                    if (refuses.test(changes.get(i))) {
                        refused.add(new Reply.Refused(i, new Refusal(5, 1, "full")));
                    } else {
                        apply(changes.get(i));
                    }
                }
                to.accept(new Reply.Done(refused));
            }
            case Request.Transaction(List<Modification> changes) -> {
                for (int i = 0; i < changes.size(); i++) {
                    if (refuses.test(changes.get(i))) {
                        to.accept(new Reply.Done(List.of(new Reply.Refused(i, new Refusal(5, 1, "full")))));
                        return;
                    }
                }
                changes.forEach(this::apply);
                to.accept(new Reply.Done(List.of()));
            }
            case Request.PacketOut _ -> to.accept(new Reply.Done(List.of()));
            case Request.FlowStats(Request.Filter filter) -> dump(selected(filter), to);
            case Request.AggregateStats(Request.Filter filter) ->
                to.accept(new Reply.Aggregate(3, 4, selected(filter).size()));
            case Request.TableStats _ -> {
                List<Reply.Table> tables = new ArrayList<>();
                for (int t = 0; t < profile.tables(); t++) {
                    int table = t;
                    tables.add(new Reply.Table(
                            table,
                            (int) flows.stream().filter(f -> f.table() == table).count(),
                            0,
                            0));
                }
                to.accept(new Reply.Tables(tables));
            }
            case Request.PortStats _ ->
                to.accept(new Reply.PortStats(
                        List.of(new Reply.Port(1, new PortCounters(1, 2, 3, 4, 5, 6, 7, 8, 9), 10))));
            case Request.GroupStats _ -> to.accept(new Reply.Groups(List.of()));
            case Request.MeterStats _ -> to.accept(new Reply.Meters(List.of()));
            case Request.QueueStats _ -> to.accept(new Reply.Queues(List.of()));
            case Request.Counters _ -> to.accept(new Reply.Counters(List.of()));
            case Request.Trace _ -> to.accept(new Reply.Trace(List.of()));
            case Request.Shares(List<Share> all) -> {
                boolean refuse = all.stream().anyMatch(s -> s.translation().equals("refused"));
                to.accept(new Reply.Done(
                        refuse
                                ? List.of(new Reply.Refused(0, ErrorType.SHARES_REFUSED.because("not that one")))
                                : List.of()));
                shares = refuse ? shares : all;
            }
            case Request.Sessions(var _, String token, int most, var _) ->
                to.accept(new Reply.Sessions(List.of(), token + most));
            case Request.Lookup _ -> to.accept(new Reply.Sessions(List.of(), ""));
            case Request.ClearSessions _ -> to.accept(new Reply.Cleared(7));
            case Request.Bindings told ->
                to.accept(
                        new Reply.Bindings(new BindingRound.Answer(told.round().number(), List.of(), List.of())));
            case Request.PoolsUse _ -> to.accept(new Reply.Pools(List.of()));
            case Request.DumpCache _ -> to.accept(new Reply.Text(List.of()));
        }
    }

    private static void dump(List<Reply.Flow> all, Consumer<Reply> to) {
        for (int i = 0; i == 0 || i < all.size(); i += PART) {
            int end = Math.min(all.size(), i + PART);
            to.accept(new Reply.Flows(List.copyOf(all.subList(i, end)), end == all.size()));
        }
    }

    private List<Reply.Flow> selected(Request.Filter filter) {
        return flows.stream()
                .filter(f -> filter.table() == Ports.TABLE_ALL || filter.table() == f.table())
                .filter(f -> (f.cookie() & filter.cookieMask()) == (filter.cookie() & filter.cookieMask()))
                .filter(f -> filter.match().contains(f.match()))
                .toList();
    }

    private void apply(Modification change) {
        if (!(change instanceof FlowMod mod)) {
            return;
        }
        boolean strict = mod.command() == FlowCommand.DELETE_STRICT || mod.command() == FlowCommand.ADD;
        boolean delete = mod.command() == FlowCommand.DELETE_STRICT || mod.command() == FlowCommand.DELETE;
        List<Reply.Flow> gone = flows.stream()
                .filter(f -> mod.table() == Ports.TABLE_ALL || f.table() == mod.table())
                .filter(f -> strict
                        ? f.priority() == mod.priority() && f.match().equals(mod.match())
                        : mod.match().contains(f.match()))
                .filter(f -> !delete || (f.cookie() & mod.cookieMask()) == (mod.cookie() & mod.cookieMask()))
                .toList();
        flows.removeAll(gone);
        if (mod.command() == FlowCommand.ADD) {
            flows.add(new Reply.Flow(
                    mod.table(),
                    mod.priority(),
                    mod.cookie(),
                    mod.idleTimeout(),
                    mod.hardTimeout(),
                    mod.flags(),
                    mod.match(),
                    mod.instructions(),
                    0,
                    0,
                    1_500_000_000L));
        } else if (delete) {
            gone.stream()
                    .filter(f -> (f.flags() & FlowMod.SEND_FLOW_REM) != 0)
                    .forEach(f -> events.accept(new Event.FlowRemoved(Event.RemovedReason.DELETE, f)));
        }
    }

    @Override
    public void listen(Consumer<Event> to) {
        events = to;
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public List<Event.PortDescription> ports() {
        return List.of(
                new Event.PortDescription(1, "inside", 0x02_00_00_00_00_01L, 1500, 0, true, 10_000_000),
                new Event.PortDescription(2, "outside", 0x02_00_00_00_00_02L, 1500, 0, false, 0));
    }
}
