package io.natator.softswitch.session;

import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.Forward;
import io.natator.model.session.Share;
import io.natator.softswitch.count.Counts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** A store to which anything happens at random: sessions and bindings come and go, shares change, time passes. */
final class World implements AutoCloseable {
    private static final int REMOTE = 0x08080808;
    private static final int HOSTS = 60;

    final Shares shares = new Shares();
    final SessionStore store;
    private final SplittableRandom random;
    private long now = 1_000_000_000_000L;

    World(long seed) {
        random = new SplittableRandom(seed);
        store = new SessionStore(new Limits(4096, 4096, 512, 1, 0, 0), shares, new Counts(), SessionLog.NONE, seed);
        store.time(now);
        change();
    }

    void step() {
        switch (random.nextInt(40)) {
            case 0 -> change();
            case 1 -> pass(random.nextInt(400));
            case 2, 3 -> store.sweep(random.nextInt(50));
            case 4, 5, 6, 7, 8, 9, 10, 11 -> end();
            default -> packet();
        }
    }

    private void pass(int seconds) {
        now += seconds * 1_000_000_000L;
        store.time(now);
        store.expire(random.nextInt(100));
    }

    private void end() {
        int highest = store.sessions.highest();
        int s = highest == 0 ? 0 : 1 + random.nextInt(highest);
        if (s != 0 && store.sessions.kind(s) != SessionTable.NONE && store.check(s)) {
            store.end(s, End.CLEARED);
        }
    }

    private void packet() {
        List<ShareState> all = shares.all();
        if (all.isEmpty()) {
            return;
        }
        ShareState share = all.get(random.nextInt(all.size()));
        int number = 1 + random.nextInt(1 + random.nextInt(HOSTS));
        int host = share.hasIpv6Hosts ? store.enter(share, share.inside.high, number) : (int) share.inside.low + number;
        if (share.hasIpv6Hosts && host == 0) {
            return;
        }
        if (share.kind == Kind.DYNAMIC) {
            bind(share, host);
            return;
        }
        int protocol = random.nextBoolean() ? 17 : random.nextBoolean() ? 6 : 1;
        int m = store.mapping(share, protocol, host, 1000 + random.nextInt(20), REMOTE, 53);
        int port = 50 + random.nextInt(10);
        if (m != 0 && find(share, protocol, host, store.insidePortOf(m), port) == 0) {
            store.begin(share, m, REMOTE, port, 3);
        }
        if (share.hasIpv6Hosts) {
            store.leave(share, host);
        }
    }

    private void bind(ShareState share, int host) {
        SessionTable sessions = store.sessions;
        int s = sessions.findInside(sessions.insideHash(share.slot, 0, host, 0, 0, 0), share.slot, 0, host, 0, 0, 0);
        if (s == 0 || !store.check(s)) {
            store.bind(share, host);
        }
    }

    private int find(ShareState share, int protocol, int host, int insidePort, int port) {
        SessionTable sessions = store.sessions;
        long hash = sessions.insideHash(share.slot, protocol, host, insidePort, REMOTE, port);
        int s = sessions.findInside(hash, share.slot, protocol, host, insidePort, REMOTE, port);
        return s != 0 && store.check(s) ? s : 0;
    }

    private void change() {
        if (!shares.areOpen()) {
            store.sweep(Integer.MAX_VALUE);
        }
        List<Share> to = new ArrayList<>();
        if (random.nextInt(5) != 0) {
            to.add(share(1, Kind.NAPT, 0, "198.51.100.0/30", "198.51.100.4/31", "198.51.100.64/30"));
        }
        if (random.nextInt(5) != 0) {
            to.add(share(2, Kind.NAPT, 1 << random.nextInt(4, 6), "203.0.113.0/31", "203.0.113.4/30"));
        }
        if (random.nextInt(5) != 0) {
            to.add(share(3, Kind.DYNAMIC, 0, "192.0.2.0/28", "192.0.2.32/28", "192.0.2.64/27"));
        }
        if (random.nextInt(5) != 0) {
            to.add(share(4, Kind.NAT64, 16 * random.nextInt(2), "198.18.0.0/31", "198.18.0.4/30"));
        }
        shares.set(to, store);
    }

    private Share share(int id, Kind kind, int block, String... outside) {
        List<IpPrefix> some = new ArrayList<>();
        for (String one : outside) {
            if (random.nextBoolean() || one.equals(outside[0])) {
                some.add(IpPrefix.valueOf(one));
            }
        }
        List<Forward> forwards = new ArrayList<>();
        boolean ipv6 = kind == Kind.NAT64;
        for (int i = kind.sharesPorts() ? random.nextInt(3) : 0; i > 0; i--) {
            IpAddress host = IpAddress.valueOf((ipv6 ? "2001:db8:%d::%d" : "10.%d.0.%d").formatted(id, i));
            forwards.add(new Forward(17, some.getFirst().address(), 2000 + random.nextInt(4) * 4 + i, host, 1000 + i));
        }
        Pool pool = Pool.DEFAULT
                .but()
                .portBlock(block)
                .firstPort(2000)
                .lastPort(2000 + 64 * random.nextInt(1, 3) - 1)
                .filtering(List.of(Filtering.values()).get(random.nextInt(Filtering.values().length)))
                .idle(Duration.ofSeconds(60))
                .sticky(Duration.ofSeconds(random.nextInt(2) * 300L))
                .forwards(forwards)
                .build();
        IpPrefix inside = IpPrefix.valueOf(ipv6 ? "2001:db8:" + id + "::/64" : "10." + id + ".0.0/24");
        Optional<Embedding> embedding = ipv6 ? Optional.of(Embedding.DEFAULT) : Optional.empty();
        return new Share(id, "t" + id, kind, inside, some, List.of(), false, false, pool, embedding);
    }

    @Override
    public void close() {
        store.close();
    }
}
