package io.natator.softswitch.session;

import io.natator.model.session.PoolUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.onlab.packet.IpAddress;

/**
 * Use of all shares that have sessions. Sums are known at any time; which hosts have most sessions is found part by part, and
 * packets may pass between two parts. All that is told is so at the moment of the answer; but a host that grew after it was
 * looked at may be missing among the busiest.
 */
public final class UseWalk {
    private final Shares shares;
    private final SessionStore store;
    private final Map<ShareState, Busiest> busiest = new HashMap<>();
    private int next = 1;

    public UseWalk(Shares shares, SessionStore store) {
        this.shares = shares;
        this.store = store;
    }

    /**
     * Looks at hosts.
     *
     * @return how many; less than {@code most} once all were
     */
    public int look(int most) {
        HostTable hosts = store.hosts;
        int looks = 0;
        for (; looks < most && next <= hosts.highest(); looks++, next++) {
            if (hosts.isLive(next) && hosts.sessions(next) > 0) {
                ShareState share = shares.get(hosts.share(next));
                busiest.computeIfAbsent(share, _ -> new Busiest())
                        .tell(hosts.high(next), hosts.low(next), hosts.sessions(next));
            }
        }
        return looks;
    }

    /** What is so now, with the busiest of the hosts that were looked at. */
    public List<PoolUse> answer() {
        List<PoolUse> all = new ArrayList<>();
        for (ShareState share : shares.all()) {
            if (share.kind.stateful() || share.share.affine()) {
                all.add(use(share));
            }
        }
        return all;
    }

    private PoolUse use(ShareState share) {
        OutsidePool pool = share.addresses;
        long addresses = pool == null ? 0 : pool.size();
        int range = share.pool.lastPort() - share.pool.firstPort() + 1;
        return new PoolUse(
                share.share.id(),
                share.share.translation(),
                addresses,
                pool == null ? 0 : pool.given.addresses,
                share.kind.sharesPorts() ? addresses * range * OutsideAddress.SPACES : 0,
                pool == null ? 0 : pool.given.ports,
                share.live,
                share.created,
                refused(share),
                share.lost,
                top(share));
    }

    private static SortedMap<String, Long> refused(ShareState share) {
        SortedMap<String, Long> refused = new TreeMap<>();
        for (Refusal why : Refusal.values()) {
            if (share.refused(why) > 0) {
                refused.put(why.word(), share.refused(why));
            }
        }
        return refused;
    }

    /** Who went since is left out, and nobody is told with what was. */
    private List<PoolUse.Host> top(ShareState share) {
        return busiest.getOrDefault(share, new Busiest()).hosts().stream()
                .map(host -> new PoolUse.Host(host, sessions(share, host)))
                .filter(host -> host.sessions() > 0)
                .sorted(Comparator.comparingLong(PoolUse.Host::sessions).reversed())
                .toList();
    }

    private int sessions(ShareState share, IpAddress host) {
        int h = store.hosts.find(share.slot, host);
        return h == 0 ? 0 : store.hosts.sessions(h);
    }
}
