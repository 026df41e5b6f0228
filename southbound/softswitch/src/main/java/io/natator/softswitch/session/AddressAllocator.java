package io.natator.softswitch.session;

import java.util.BitSet;
import java.util.SplittableRandom;

/** Gives outside addresses of DYNAMIC to inside hosts, and keeps them for those that had them. */
final class AddressAllocator {
    private final HostTable hosts;
    private final SplittableRandom random;
    private final Holds holds;
    /** Hosts whose addresses are kept, and until when; each once, also those that came back meanwhile. */
    private final IntQueue kept = new IntQueue();

    private final IntQueue until = new IntQueue();
    private final BitSet queued = new BitSet();

    AddressAllocator(HostTable hosts, SplittableRandom random, Holds holds) {
        this.hosts = hosts;
        this.random = random;
        this.holds = holds;
    }

    /** False if a reservation gives the address to another host, or the host another address. */
    static boolean mayHave(ShareState share, int inside, int outside) {
        Integer reserved = share.reservations.isEmpty() ? null : share.reservations.get(inside);
        return reserved == null ? !share.addresses.of(outside).isReserved() : reserved == outside;
    }

    /**
     * DYNAMIC: an address for a host; null if there is none. Only a reserved one may still have a binding, which then is
     * another host's from before it was reserved.
     */
    OutsideAddress binding(ShareState share, int host, int tick) {
        OutsideAddress address = find(share, host, tick);
        if (address != null) {
            OutsideAddress before = hosts.isKept(host) ? share.addresses.stateOf(hosts.outside(host)) : null;
            if (before != null && before.keptFor() == host) {
                before.keptFor(0);
            }
            address.keptFor(0);
            hosts.unkeep(host);
            hosts.pair(host, address.address);
        }
        return address;
    }

    private OutsideAddress find(ShareState share, int host, int tick) {
        Integer reserved = share.reservations.isEmpty() ? null : share.reservations.get(hosts.inside(host));
        if (reserved != null) {
            return free(host, share.addresses.of(reserved), tick);
        }
        OutsideAddress before = hosts.isPaired(host) ? share.addresses.of(hosts.outside(host)) : null;
        if (before != null
                && before.keptFor() == host
                && before.binding() == 0
                && !before.isReserved()
                && free(host, before, tick) != null) {
            return before;
        }
        OutsideAddress nobodys = anyOf(share.addresses.nobodys, share, host, tick);
        return nobodys == null ? anyOf(share.addresses.kept, share, host, tick) : nobodys;
    }

    /**
     * One that is not kept any more, or else any; null also if all that were looked at are held for others: there may be one, which the next
     * packet may find.
     */
    private OutsideAddress anyOf(Candidates some, ShareState share, int host, int tick) {
        if (some.anyWaits()) {
            some.lookAgain(place -> free(host, share.addresses.get(place), tick) != null);
        }
        OutsideAddress other = null;
        int place = some.any(random);
        for (int i = 0; i < Candidates.LOOKS && place >= 0; i++) {
            OutsideAddress one = share.addresses.get(place);
            if (free(host, one, tick) == null) {
                some.defer(place);
            } else if (!isKept(one, tick)) {
                return one;
            } else if (other == null) {
                other = one;
            }
            place = some.next(place);
        }
        return other;
    }

    private boolean isKept(OutsideAddress address, int tick) {
        return address.keptFor() != 0 && hosts.keptUntil(address.keptFor()) - tick > 0;
    }

    /** The address, or null if rules of a device may still give it to another host. */
    private OutsideAddress free(int host, OutsideAddress address, int tick) {
        return holds.isForAnother(address.address, hosts.inside(host), tick) ? null : address;
    }

    /** A binding went: the host is given the same address if it comes back in time. */
    void keep(ShareState share, int host, OutsideAddress address, int tick) {
        if (share.sticky > 0 && share.isThere && share.hasOutside(address.address)) {
            address.keptFor(host);
            hosts.keep(host, tick + share.sticky);
            if (!queued.get(host)) {
                queued.set(host);
                kept.add(host);
                until.add(tick + share.sticky);
            }
        } else {
            hosts.unpair(host);
        }
    }

    /**
     * Looks whether the next host's address need not be kept any more.
     *
     * @param all also that of one that has time yet
     * @return the host; 0 if it came back or was kept anew meanwhile, and another may be next; −1 if there is none
     */
    int forgotten(int tick, boolean all) {
        if (kept.isEmpty() || (!all && until.peek() - tick > 0)) {
            return -1;
        }
        int host = kept.take();
        int when = until.take();
        if (!hosts.isLive(host) || !hosts.isKept(host)) {
            queued.clear(host);
            return 0;
        }
        if (when != hosts.keptUntil(host)) {
            kept.add(host);
            until.add(hosts.keptUntil(host));
            return 0;
        }
        queued.clear(host);
        return host;
    }

    /** How many hosts are looked after. */
    int queued() {
        return kept.size();
    }
}
