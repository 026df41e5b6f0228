package io.natator.softswitch.datapath;

import io.natator.model.session.Session;
import io.natator.softswitch.flow.ErrorType;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import io.natator.softswitch.session.UseWalk;
import io.natator.softswitch.steps.Page;
import io.natator.softswitch.steps.Translator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Answers what is asked of sessions, on the datapath thread; walks over many of them part by part. One request is answered in a
 * turn, or one part is done of it.
 */
final class SessionRequests {
    /** Owners of ports that one lookup tells. */
    private static final int MOST_OWNERS = 1000;
    /** States of what is told by arithmetic, or written down: since ever, as far as the switch knows. */
    private static final Set<String> BY_CONFIGURATION = Set.of("deterministic", "forward");

    private final Translator translator;
    private boolean mayGo;
    /** Where the walk goes on; null if there is none. */
    private String token;

    private List<Session> found = new ArrayList<>();
    private long count;
    /** The walk over hosts that goes on; null if there is none. */
    private UseWalk use;

    SessionRequests(Translator translator) {
        this.translator = translator;
    }

    /** A new turn: one more part may be done. */
    void renew() {
        mayGo = true;
    }

    /** Answers, or goes on answering, if that was not done in this turn. Returns true if the answer was given. */
    boolean take(Request.OfSessions request, Consumer<Reply> to, long now) {
        if (!mayGo) {
            return false;
        }
        mayGo = false;
        switch (request) {
            case Request.Shares shares -> {
                if (!translator.isOpen(now)) {
                    return false;
                }
                to.accept(done(translator.shares(shares.shares(), now)));
            }
            case Request.Sessions list -> {
                return list(list, to, now);
            }
            case Request.ClearSessions clear -> {
                return clear(clear, to, now);
            }
            case Request.Lookup ask -> {
                return lookup(ask, to, now);
            }
            case Request.Bindings told -> to.accept(new Reply.Bindings(translator.bindings(told.round(), now)));
            case Request.PoolsUse _ -> {
                return use(to);
            }
        }
        return true;
    }

    private static Reply done(Optional<String> wrong) {
        return new Reply.Done(wrong.map(text -> new Reply.Refused(0, ErrorType.SHARES_REFUSED.because(text))).stream()
                .toList());
    }

    /** A page of what was asked for may take several parts of the walk. */
    private boolean list(Request.Sessions ask, Consumer<Reply> to, long now) {
        Page page = translator.list(
                ask.query(), token == null ? ask.token() : token, ask.most() - found.size(), now, ask.wall());
        if (goesOn(page, ask.most())) {
            return false;
        }
        to.accept(new Reply.Sessions(found, page.nextToken()));
        forget();
        return true;
    }

    private boolean lookup(Request.Lookup ask, Consumer<Reply> to, long now) {
        Page page = translator.lookup(
                ask.outside(),
                ask.protocol(),
                ask.port(),
                token == null ? "" : token,
                MOST_OWNERS - found.size(),
                now,
                ask.wall());
        if (goesOn(page, MOST_OWNERS)) {
            return false;
        }
        to.accept(
                new Reply.Sessions(found.stream().filter(s -> wasThere(ask, s)).toList(), ""));
        forget();
        return true;
    }

    /** Of the past, what is there now tells only if it was there then, or holds by configuration. */
    private static boolean wasThere(Request.Lookup ask, Session now) {
        return !ask.past() || !now.since().isAfter(ask.at()) || BY_CONFIGURATION.contains(now.state());
    }

    private boolean clear(Request.ClearSessions ask, Consumer<Reply> to, long now) {
        Page page = translator.clear(ask.query(), token == null ? "" : token, now);
        count += page.count();
        if (goesOn(page, 1)) {
            return false;
        }
        to.accept(new Reply.Cleared(count));
        forget();
        return true;
    }

    /** False if so many sessions were found, or there is no more. */
    private boolean goesOn(Page page, int most) {
        found.addAll(page.sessions());
        token = page.nextToken();
        return !token.isEmpty() && found.size() < most;
    }

    private void forget() {
        found = new ArrayList<>();
        token = null;
        count = 0;
    }

    private boolean use(Consumer<Reply> to) {
        if (use == null) {
            use = translator.use();
        }
        if (use.look(Page.LOOKS) == Page.LOOKS) {
            return false;
        }
        to.accept(new Reply.Pools(use.answer()));
        use = null;
        return true;
    }
}
