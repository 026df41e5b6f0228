package io.natator.model.southbound;

import io.natator.model.session.BindingRound;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.onlab.packet.IpAddress;

/**
 * The controller's way to the sessions of software switches, implemented by {@code southbound/openflow}. No call blocks. A
 * future fails with {@link java.io.IOException} if the datapath is not connected, is no software switch, or does not answer.
 */
public interface Sessions {
    /**
     * The complete set of shares that the software switch should hold; replaces what was told before. Told again on every
     * connect. Sessions that are still legal survive. Shares are there before rules that name them.
     */
    void shares(long datapathId, List<Share> shares);

    /**
     * Live sessions.
     *
     * @param token of the page before; empty for the first
     * @param most at most 1000
     */
    CompletableFuture<Page> list(long datapathId, SessionQuery query, String token, int most);

    /**
     * Who had an outside address and port at a time: from live sessions, from the session log, and by arithmetic where
     * ports are deterministic. More than one where sessions to several remotes shared it.
     *
     * @param protocol 0: any
     * @param port 0: any
     */
    CompletableFuture<List<Session>> lookup(long datapathId, IpAddress outside, int protocol, int port, Instant at);

    /** Ends sessions; says how many. */
    CompletableFuture<Long> clear(long datapathId, SessionQuery query);

    /** Use of all shares of a switch. */
    CompletableFuture<List<PoolUse>> use(long datapathId);

    /**
     * Tells which bindings rules of devices do the work of, and asks which others are used most. Comes after shares that were told
     * before. Answered by {@link SwitchEvent.Bindings}, or not at all.
     */
    void bindings(long datapathId, BindingRound round);

    /** @param nextToken empty at the end */
    record Page(List<Session> sessions, String nextToken) {}
}
