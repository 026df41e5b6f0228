package io.natator.softswitch.steps;

import io.natator.model.intent.Kind;
import io.natator.model.proof.ProbeCase;
import io.natator.model.session.BindingRound;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.count.Count;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.session.Bindings;
import io.natator.softswitch.session.Block;
import io.natator.softswitch.session.Fragments;
import io.natator.softswitch.session.Limits;
import io.natator.softswitch.session.Pieces;
import io.natator.softswitch.session.SessionLog;
import io.natator.softswitch.session.SessionStore;
import io.natator.softswitch.session.ShareState;
import io.natator.softswitch.session.Shares;
import io.natator.softswitch.session.UseWalk;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.onlab.packet.IpAddress;

/**
 * Translates packets with state: what rules alone cannot do. The thread of the datapath owns it. Times are nanoseconds of a
 * clock that does not go back; {@code wall} is what that clock's {@code now} is for people.
 */
public final class Translator implements AutoCloseable {
    private static final long PROBE = ProbeCase.MAC.toLong();

    /** Datagrams of which fragments were seen, that are looked at in one round of housekeeping. */
    private static final int DATAGRAMS_AT_ONCE = 64;

    private final Shares shares = new Shares();
    private final SessionStore store;
    private final Fragments fragments;
    private final Refuser refuser;
    private final Nat64 nat64;
    private final Napt napt;
    private final Affinity affinity;
    private final Reassembly reassembly;
    private final Listing listing;
    private final Bindings bindings;
    private final Preview preview;
    private final Siit siit;
    private final Pieces pieces = new Pieces();
    private final Fit fit;
    private final Hints hints;
    private final Packet packet = new Packet();

    /**
     * @param log told of sessions as they come and go
     * @param seed of random ports and addresses: nobody outside should be able to guess it
     */
    public Translator(Limits limits, Counts counts, SessionLog log, long seed) {
        store = new SessionStore(limits, shares, counts, log, seed);
        fragments = new Fragments(limits, counts, ~seed);
        refuser = new Refuser(counts, log, limits.errorsPerSecond());
        Crossing crossing = new Crossing(refuser, seed);
        nat64 = new Nat64(crossing, store.hosts);
        napt = new Napt(shares, store, refuser, nat64);
        affinity = new Affinity(shares, store, fragments, refuser);
        reassembly = new Reassembly(fragments, refuser, nat64);
        listing = new Listing(shares, store);
        bindings = new Bindings(shares, store);
        fit = new Fit(shares, refuser, pieces);
        siit = new Siit(shares, refuser, crossing);
        hints = new Hints(store);
        preview = new Preview(shares, store, affinity);
    }

    /**
     * Whether another set of shares may be told. It may not if sessions were not looked at since hundreds before: this looks at
     * some, and is to be asked again.
     */
    public boolean isOpen(long now) {
        if (!shares.areOpen()) {
            store.time(now);
            store.sweep(Page.CHANGES);
        }
        return shares.areOpen();
    }

    /**
     * The complete set of shares, if they are {@link #isOpen}. Sessions that are still legal survive; others end by and by, and are used no more.
     *
     * @return why it is refused, for people; then nothing changed
     */
    public Optional<String> shares(List<Share> all, long now) {
        Optional<String> wrong = ShareCheck.wrong(all);
        if (wrong.isEmpty()) {
            store.time(now);
            shares.set(all, store);
        }
        return wrong;
    }

    /** True if there is such a share. */
    public boolean knows(int share) {
        return shares.byId(share) != null;
    }

    /**
     * Translates a frame where it is; frame, headers and key stay one.
     *
     * @param share {@link Share#id}
     * @return one of {@link Verdict}
     */
    public int translate(Frame frame, Headers headers, long[] key, int share, Direction direction, long now) {
        ShareState state = shares.byId(share);
        if (state == null) {
            return refuser.drop(Count.TRANSLATE_NO_SHARE);
        }
        boolean outward = direction == Direction.TO_OUTSIDE;
        if (headers.ip == 0 || headers.ipVersion != version(state, outward)) {
            return refuser.drop(Count.TRANSLATE_OTHER_FAMILY);
        }
        store.time(now);
        packet.take(frame, headers, key, now);
        packet.icmpLength = pieces.icmp(frame);
        if (state.kind.crosses() && !outward && headers.ipEnd - headers.ip > state.surelyFits() && isFor(state)) {
            int verdict = fit.check(packet, state.ipv6Mtu);
            if (verdict != Verdict.PASS) {
                return verdict;
            }
        }
        if (state.kind.crosses() && outward) {
            state = shares.ofQuoted(packet.quotes, packet.quote, state);
        }
        if (state.kind == Kind.SIIT) {
            int verdict = siit.translate(state, packet, outward);
            return verdict == Verdict.PASS && outward ? comeBack() : verdict;
        }
        if (outward && state.hasIpv6Hosts) {
            Count why = packet.asIpv4(state, store.hosts);
            if (why != null) {
                return refuser.drop(why);
            }
        }
        if (outward && headers.ipEnd - headers.ip > shares.surelyFits()) {
            int verdict = fit.hairpin(state, packet);
            if (verdict != Verdict.PASS) {
                return verdict;
            }
        }
        if (Key.get(key, Field.ETH_SRC) == PROBE) {
            return probe(state, outward);
        }
        if (state.kind.sharesPorts()) {
            return headers.fragment ? fragment(state, outward) : stateful(state, outward);
        }
        if (state.kind == Kind.DYNAMIC) {
            return headers.fragment && hairpins(outward) ? fragment(state, outward) : stateful(state, outward);
        }
        if (state.share.affine()) {
            return outward ? affinity.toOutside(state, packet) : affinity.toInside(state, packet);
        }
        Block to = outward ? state.outside[0] : state.inside;
        Prefixes.rewrite(packet, outward ? state.inside : state.outside[0], to, state.exempt, outward);
        return Verdict.PASS;
    }

    /**
     * Does to a frame what {@link #translate} would, for people: makes no session, refreshes none and counts nothing. For which
     * something would be made goes on with an example.
     *
     * @param say told why, in words
     * @return {@link Verdict#PASS} or {@link Verdict#DROP}
     */
    public int preview(Frame frame, Headers headers, long[] key, int share, Direction direction, Consumer<String> say) {
        ShareState state = shares.byId(share);
        boolean outward = direction == Direction.TO_OUTSIDE;
        if (state == null || headers.ip == 0 || headers.ipVersion != version(state, outward)) {
            say.accept(state == null ? "there is no such share: dropped" : "not of the share's IP version: dropped");
            return Verdict.DROP;
        }
        packet.take(frame, headers, key, 0);
        packet.icmpLength = 0;
        if (state.hasIpv6Hosts && outward) {
            Count why = packet.asIpv4(state, store.hosts);
            if (why != null) {
                say.accept(why.label() + ": dropped");
                return Verdict.DROP;
            }
        }
        int mtu = outward ? hairpinMtu(state) : state.kind.crosses() && isFor(state) ? state.ipv6Mtu : 0;
        if (mtu != 0 && !preview.fits(packet, mtu, say)) {
            return Verdict.DROP;
        }
        return preview.translate(state, packet, outward, say);
    }

    private int hairpinMtu(ShareState share) {
        return share.kind == Kind.SIIT ? 0 : fit.hairpinMtu(share, packet);
    }

    /** True if the IPv4 packet is to become one of IPv6, as far as addresses and sessions say: nobody is told who is not let in anyhow. */
    private boolean isFor(ShareState share) {
        int host = packet.address(false);
        return !share.isExempt(packet.address(true))
                && (share.mapping == null
                        ? share.hasOutside(host) && napt.letsIn(share, packet)
                        : share.mapping.holds(host));
    }

    /** Of the packets that come. */
    private static int version(ShareState share, boolean outward) {
        return outward ? share.inside.version : share.outside[0].version;
    }

    /**
     * A probe shows that the way here and back and the share are there; it must not take a session that a host may need. Of
     * DYNAMIC, NAPT and NAT64 shares, whoever it is from leaves with the first address, and whatever it is for goes to the first host.
     */
    private int probe(ShareState share, boolean outward) {
        if (share.hasIpv6Hosts) {
            return nat64.probe(share, packet, outward);
        }
        Block to = outward ? share.outside[0] : share.inside;
        if (share.kind == Kind.STATIC) {
            Prefixes.rewrite(packet, outward ? share.inside : share.outside[0], to, share.exempt, outward);
        } else {
            packet.address(outward, to.high, to.low);
        }
        return Verdict.PASS;
    }

    private int stateful(ShareState share, boolean outward) {
        return outward ? napt.toOutside(share, packet) : napt.toInside(share, packet, false);
    }

    /** A packet of SIIT that left for an address of a pool comes back at once (hairpin). */
    private int comeBack() {
        ShareState next = packet.version() == 4 ? shares.byOutside(packet.address(false)) : null;
        if (next == null) {
            return Verdict.PASS;
        }
        return packet.headers.fragment ? fragment(next, false) : stateful(next, false);
    }

    /** True if a packet of DYNAMIC will also be translated by another share, which may look at ports. */
    private boolean hairpins(boolean outward) {
        return outward
                ? shares.byOutside(packet.address(false)) != null
                : shares.byInside(4, 0, packet.low(true)) != null;
    }

    private int fragment(ShareState share, boolean outward) {
        int d = reassembly.enter(packet, share.slot << 1 | (outward ? 1 : 0), store.tick());
        if (d < 0) {
            return -1 - d;
        }
        if (packet.isLaterFragment()) {
            return reassembly.later(packet, d);
        }
        int verdict = stateful(share, outward);
        reassembly.first(packet, d, verdict);
        return verdict;
    }

    /**
     * Begins to fetch what {@link #translate} will need, for a batch: call it for each packet, then {@link #touch} with what
     * it gave, then translate.
     */
    public long hint(Frame frame, Headers headers, long[] key, int share, Direction direction) {
        ShareState state = shares.byId(share);
        boolean outward = direction == Direction.TO_OUTSIDE;
        boolean any = state != null && state.kind.stateful() && headers.ipVersion == version(state, outward);
        return any ? hints.of(frame, headers, key, state, outward) : 0;
    }

    /** Reads what a hint leads to; what it returns means nothing, but must be used lest the compiler leaves it out. */
    public long touch(long hint) {
        return store.ahead.touch(hint);
    }

    /**
     * The next frame that was {@link Verdict#HELD} and can now go on: it is to be taken as if it came in only now. To be asked
     * after each translated first fragment, or after each batch. Good until the next call.
     *
     * @return false if there is none
     */
    public boolean released(Frame into) {
        return fragments.released(into) || pieces.released(into);
    }

    /** Ends what is due, and looks at sessions after shares changed. Takes a bounded time: what is left waits for the next call. */
    public void housekeeping(long now, int most) {
        store.time(now);
        int done = store.expire(most);
        store.sweep(most - done);
        fragments.expire(store.tick(), DATAGRAMS_AT_ONCE);
    }

    /**
     * Live sessions.
     *
     * @param token of the page before; empty for the first
     * @param most of one page, 1 to 1000
     */
    public Page list(SessionQuery query, String token, int most, long now, Instant wall) {
        store.time(now);
        return listing.list(query, token, most, wall);
    }

    /** Ends sessions; to be called until {@link Page#nextToken} is empty. */
    public Page clear(SessionQuery query, String token, long now) {
        store.time(now);
        return listing.clear(query, token);
    }

    /**
     * Who has an outside address and port now, also if only by arithmetic: one answer a mapping, whose remote is the outside
     * address itself, with port 0. To be called until {@link Page#nextToken} is empty.
     *
     * @param protocol 0: any
     * @param port 0: any
     * @param most of one page, 1 or more
     */
    public Page lookup(IpAddress outside, int protocol, int port, String token, int most, long now, Instant wall) {
        store.time(now);
        return listing.lookup(outside, protocol, port, token, most, wall);
    }

    /** Begins to find out the use of all shares but STATIC ones that are not affine. */
    public UseWalk use() {
        return listing.use();
    }

    /** Takes what is told of bindings whose work rules of devices do, and tells which others are used most. */
    public BindingRound.Answer bindings(BindingRound round, long now) {
        store.time(now);
        return bindings.take(round);
    }

    /** Octets of memory set aside for sessions, mappings and hosts; what is not used takes none. */
    public long reserved() {
        return store.octets();
    }

    /** Live sessions and bindings. */
    public int live() {
        return store.sessions.live();
    }

    /** Mappings of NAPT, static forwards and ports at rest among them. */
    public int mappings() {
        return store.mappings();
    }

    /** Inside hosts that are known. */
    public int hosts() {
        return store.hosts.live();
    }

    @Override
    public void close() {
        store.close();
        fragments.close();
        pieces.close();
    }
}
