package io.natator.softswitch.session;

import java.util.SplittableRandom;

/**
 * Blocks of ports: a host has them from its first port in one to its last (RFC 6888, REQ-14; RFC 7422, section 2). Those of a
 * host are a chain that begins at the host, all of the address that it has.
 */
final class PortBlocks {
    private final HostTable hosts;
    private final SessionLog log;
    private final SplittableRandom random;
    private final PortPicker picker;

    PortBlocks(HostTable hosts, SessionLog log, SplittableRandom random, PortPicker picker) {
        this.hosts = hosts;
        this.log = log;
        this.random = random;
        this.picker = picker;
    }

    /** A port of a host's blocks, or of a new one. */
    long port(ShareState share, int host, OutsideAddress address, int space, int insidePort, long now) {
        int size = share.pool.portBlock();
        int first = share.pool.firstPort();
        int blocks = 0;
        for (int block = hosts.block(host); block >= 0; block = address.nextBlock(block)) {
            int begin = first + block * size;
            long place = picker.pick(share, address, space, begin, begin + size - 1, insidePort);
            if (place != Allocator.NOTHING) {
                address.use(block, 1);
                return place;
            }
            blocks++;
        }
        int most = share.pool.portsPerHost();
        if (most > 0 && blocks >= (most + size - 1) / size) {
            return Allocator.LIMIT;
        }
        return ofNewBlock(share, host, address, space, insidePort, now);
    }

    private long ofNewBlock(ShareState share, int host, OutsideAddress address, int space, int insidePort, long now) {
        int size = share.pool.portBlock();
        int first = share.pool.firstPort();
        int count = (share.pool.lastPort() - first + 1) / size;
        int start = random.nextInt(count);
        for (int tries = 0; tries < count; tries++) {
            int block = address.takeBlock(count, start, hosts.block(host));
            if (block < 0) {
                return Allocator.NOTHING;
            }
            int begin = first + block * size;
            long place = picker.pick(share, address, space, begin, begin + size - 1, insidePort);
            if (place != Allocator.NOTHING) {
                hosts.block(host, block);
                address.use(block, 1);
                log.blockTaken(
                        share.share.id(),
                        hosts.high(host),
                        hosts.low(host),
                        address.address,
                        begin,
                        begin + size - 1,
                        now);
                return place;
            }
            address.freeBlock(block); // all of it are static forwards
            start = (block + 1) % count;
        }
        return Allocator.NOTHING;
    }

    /** A port of a block came back. */
    void free(ShareState share, int host, OutsideAddress address, int port, long now, End why) {
        int size = share.pool.portBlock();
        int block = (port - share.pool.firstPort()) / size;
        address.use(block, -1);
        if (address.use(block) > 0) {
            return;
        }
        if (hosts.isPaired(host) && hosts.outside(host) == address.address) {
            unchain(host, address, block);
        }
        address.freeBlock(block);
        int begin = share.pool.firstPort() + block * size;
        log.blockFreed(
                share.share.id(),
                hosts.high(host),
                hosts.low(host),
                address.address,
                begin,
                begin + size - 1,
                now,
                why);
    }

    /** Blocks from before the host had another address for a while are in no chain. */
    private void unchain(int host, OutsideAddress address, int block) {
        int next = address.nextBlock(block);
        if (hosts.block(host) == block) {
            hosts.block(host, next);
            return;
        }
        int before = hosts.block(host);
        while (before >= 0 && address.nextBlock(before) != block) {
            before = address.nextBlock(before);
        }
        if (before >= 0) {
            address.nextBlock(before, next);
        }
    }
}
