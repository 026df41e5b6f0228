package io.natator.softswitch.datapath;

import io.natator.model.session.Session;
import io.natator.softswitch.flow.ErrorType;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import io.natator.softswitch.steps.Page;
import io.natator.softswitch.steps.Translator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Answers what is asked of sessions, on the datapath thread; walks over many of them part by part. */
final class SessionRequests {
    /** States of what is told by arithmetic, or written down: since ever, as far as the switch knows. */
    private static final Set<String> BY_CONFIGURATION = Set.of("deterministic", "forward");

    private final Translator translator;
    /** The walk that goes on; null if there is none. */
    private String token;

    private List<Session> found = new ArrayList<>();
    private long count;

    SessionRequests(Translator translator) {
        this.translator = translator;
    }

    /** Answers, or goes on answering. Returns true if the answer was given. */
    boolean take(Request.OfSessions request, Consumer<Reply> to, long now) {
        switch (request) {
            case Request.Shares shares -> to.accept(done(translator.shares(shares.shares(), now)));
            case Request.Sessions list -> {
                return list(list, to, now);
            }
            case Request.ClearSessions clear -> {
                return clear(clear, to, now);
            }
            case Request.Lookup ask -> to.accept(new Reply.Sessions(lookup(ask, now), ""));
            case Request.Bindings told -> to.accept(new Reply.Bindings(translator.bindings(told.round(), now)));
            case Request.PoolsUse _ -> to.accept(new Reply.Pools(translator.use()));
        }
        return true;
    }

    /** Of the past, what is there now tells only if it was there then, or holds by configuration. */
    private List<Session> lookup(Request.Lookup ask, long now) {
        return translator.lookup(ask.outside(), ask.protocol(), ask.port(), now, ask.wall()).stream()
                .filter(s -> !ask.past() || !s.since().isAfter(ask.at()) || BY_CONFIGURATION.contains(s.state()))
                .toList();
    }

    private static Reply done(Optional<String> wrong) {
        return new Reply.Done(wrong.map(text -> new Reply.Refused(0, ErrorType.SHARES_REFUSED.because(text))).stream()
                .toList());
    }

    /** A page of what was asked for may take several parts of the walk. */
    private boolean list(Request.Sessions ask, Consumer<Reply> to, long now) {
        Page page = translator.list(
                ask.query(), token == null ? ask.token() : token, ask.most() - found.size(), now, ask.wall());
        found.addAll(page.sessions());
        token = page.nextToken();
        if (!token.isEmpty() && found.size() < ask.most()) {
            return false;
        }
        to.accept(new Reply.Sessions(found, token));
        found = new ArrayList<>();
        token = null;
        return true;
    }

    private boolean clear(Request.ClearSessions ask, Consumer<Reply> to, long now) {
        Page page = translator.clear(ask.query(), token == null ? "" : token, now);
        count += page.count();
        token = page.nextToken();
        if (!token.isEmpty()) {
            return false;
        }
        to.accept(new Reply.Cleared(count));
        count = 0;
        token = null;
        return true;
    }
}
