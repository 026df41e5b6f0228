package io.natator.softswitch.steps;

import io.natator.model.intent.Kind;
import io.natator.packet.IpProtocol;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.frame.Endpoint;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.session.SessionStore;
import io.natator.softswitch.session.ShareState;

/** Where the sessions of packets probably are, before they are needed. */
final class Hints {
    private final SessionStore store;

    Hints(SessionStore store) {
        this.store = store;
    }

    /** What {@link Translator#touch} takes, for a packet of the version that comes to a share with state. */
    long of(Frame frame, Headers headers, long[] key, ShareState state, boolean outward) {
        if (outward && state.hasIpv6Hosts) {
            return hint6(frame, headers, key, state);
        }
        int own = (int) Key.get(key, outward ? Field.IPV4_SRC : Field.IPV4_DST);
        if (state.kind == Kind.DYNAMIC) {
            long hash = outward
                    ? store.sessions.insideHash(state.slot, 0, own, 0, 0, 0)
                    : store.sessions.outsideHash(0, own, 0, 0, 0);
            return store.sessions.likely(hash, outward);
        }
        if (headers.transport == 0) {
            return 0;
        }
        int other = (int) Key.get(key, outward ? Field.IPV4_DST : Field.IPV4_SRC);
        boolean icmp = headers.protocol == IpProtocol.ICMP;
        int port = icmp ? Endpoint.icmpId(frame, headers) : (int) Key.get(key, outward ? Field.UDP_SRC : Field.UDP_DST);
        int otherPort = icmp ? 0 : (int) Key.get(key, outward ? Field.UDP_DST : Field.UDP_SRC);
        return outward
                ? store.ahead.outward(state, headers.protocol, own, port, other, otherPort)
                : store.ahead.inward(headers.protocol, own, port, other, otherPort);
    }

    /** The session of an IPv6 host, which is known by its number. */
    private long hint6(Frame frame, Headers headers, long[] key, ShareState share) {
        long high = Key.high(key, Field.IPV6_DST);
        long low = Key.get(key, Field.IPV6_DST);
        int own = store.hosts.find(share.slot, Key.high(key, Field.IPV6_SRC), Key.get(key, Field.IPV6_SRC));
        if (own == 0 || headers.transport == 0 || !share.pref64.holds(high, low)) {
            return 0;
        }
        boolean icmp = headers.protocol == IpProtocol.ICMPV6;
        int port = icmp ? Endpoint.icmpId(frame, headers) : (int) Key.get(key, Field.UDP_SRC);
        int remotePort = icmp ? 0 : (int) Key.get(key, Field.UDP_DST);
        int protocol = icmp ? IpProtocol.ICMP : headers.protocol;
        int remote = share.pref64.ipv4(high, low);
        return store.ahead.outward(share, protocol, own, port, remote, remotePort);
    }
}
