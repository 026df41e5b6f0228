package io.natator.softswitch.session;

import io.natator.model.intent.Pool.Forward;

/** Static forwards: mappings that are there without sessions, and take their outside port from whoever has it. */
final class Forwards {
    private final MappingStore store;
    private final MappingTable mappings;
    private final InsideHosts known;

    Forwards(MappingStore store, MappingTable mappings, InsideHosts known) {
        this.store = store;
        this.mappings = mappings;
        this.known = known;
    }

    /** Sets up a static forward in the place of whoever has the port. False if there is no room. */
    boolean add(ShareState share, Forward f) {
        int host = share.hasIpv6Hosts
                ? known.host(share, Block.high(f.inside()), Block.low(f.inside()))
                : ShareState.number(f.inside());
        int outside = ShareState.number(f.outside());
        if (share.hasIpv6Hosts && host == 0) {
            return false;
        }
        share.forwarded.putIfAbsent(host, outside);
        known.pin(share, host, 1); // until all is done, and for good if it succeeds
        boolean there = add(share, f.protocol(), host, f.insidePort(), outside, f.outsidePort());
        known.unpin(share, host);
        return there;
    }

    private boolean add(ShareState share, int protocol, int host, int insidePort, int outside, int outsidePort) {
        int before = mappings.findOutside(protocol, outside, outsidePort);
        for (; before != 0; before = mappings.findOutside(protocol, outside, outsidePort)) {
            if (isForward(before, share, host, insidePort)) {
                mappings.attach(before);
                return true;
            }
            store.detach(before);
        }
        int other = mappings.findInside(share.slot, protocol, host, insidePort, 0, 0);
        if (other != 0 && !mappings.isForward(other)) {
            store.detach(other); // the inside port is seen at the forward's from now on
        }
        int m = mappings.add(share.slot, protocol, host, insidePort, outside, outsidePort, 0, 0, 0);
        if (m != 0) {
            mappings.set(m, MappingTable.FORWARD);
            share.addresses.of(outside).take(MappingStore.space(protocol), outsidePort);
            known.pin(share, host, 1);
        }
        return m != 0;
    }

    private boolean isForward(int m, ShareState share, int host, int insidePort) {
        return mappings.isForward(m)
                && mappings.inside(m) == host
                && mappings.insidePort(m) == insidePort
                && mappings.share(m) == share.slot;
    }

    /** Takes a static forward away; its sessions are no longer legal. */
    void remove(int protocol, int outside, int outsidePort) {
        int m = store.legalMappingOf(protocol, outside, outsidePort); // not one of a share that is gone
        if (m != 0 && mappings.isForward(m)) {
            store.detach(m);
        }
    }

    /** A mapping is no forward any more: its port is free. */
    void ended(ShareState share, int m, int space) {
        OutsideAddress address = share.addresses.stateOf(mappings.outside(m));
        if (address != null) {
            address.free(space, mappings.outsidePort(m));
        }
        mappings.unset(m, MappingTable.FORWARD);
        known.unpin(share, mappings.inside(m));
    }
}
