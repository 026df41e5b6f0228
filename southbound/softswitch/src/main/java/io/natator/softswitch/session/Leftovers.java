package io.natator.softswitch.session;

/**
 * Ports at rest and hosts that nothing stands on any more after shares changed: looked at one by one, once no session is left
 * that could be theirs.
 */
final class Leftovers {
    private final MappingStore store;
    private final RestQueue resting;
    private final HostTable hosts;
    private final Shares shares;
    private long next;
    private long end;
    private int host;

    Leftovers(MappingStore store, RestQueue resting, HostTable hosts, Shares shares) {
        this.store = store;
        this.resting = resting;
        this.hosts = hosts;
        this.shares = shares;
    }

    /** Shares changed: begins anew. What comes to rest from now on does so under the shares that there are now. */
    void begin() {
        next = resting.first();
        end = resting.end();
        host = 0;
    }

    /** Looks at one more. Returns false if there is none. */
    boolean step() {
        next = Math.max(next, resting.first()); // ports whose time came meanwhile are not in the queue any more
        if (next < end) {
            store.forgetResting(next++);
            return true;
        }
        if (!shares.anyGone() || host >= hosts.highest()) {
            return false;
        }
        host++;
        if (hosts.isLive(host) && hosts.isKept(host) && !shares.get(hosts.share(host)).isThere) {
            store.known.forget(host);
        }
        return true;
    }
}
