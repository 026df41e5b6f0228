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
        OutsidePool pool = share.addresses;
        Blocks blocks = blocks(share, address);
        int most = share.pool.portsPerHost();
        boolean full = pool.isFull(host, space);
        int count = 0;
        for (int block = hosts.block(host); block >= 0 && !(full && most == 0); block = blocks.next(block)) {
            long place = full ? Allocator.NOTHING : pick(share, address, space, block, insidePort);
            if (place != Allocator.NOTHING) {
                blocks.use(block, 1);
                return place;
            }
            count++;
        }
        if (count > 0) {
            pool.full(host, space);
        }
        if (most > 0 && count >= (most + size - 1) / size) {
            return Allocator.LIMIT;
        }
        int start = random.nextInt(blocks.count());
        long place = ofNewBlock(share, host, address, space, insidePort, now, start, blocks.count());
        return place != Allocator.NOTHING ? place : ofNewBlock(share, host, address, space, insidePort, now, 0, start);
    }

    private static Blocks blocks(ShareState share, OutsideAddress address) {
        int first = share.pool.firstPort();
        return address.blocks((share.pool.lastPort() - first + 1) / share.pool.portBlock());
    }

    private long pick(ShareState share, OutsideAddress address, int space, int block, int insidePort) {
        int size = share.pool.portBlock();
        int begin = share.pool.firstPort() + block * size;
        return picker.pick(share, address, space, begin, begin + size - 1, insidePort);
    }

    /** Blocks from one number to before another are tried. Only if static forwards take all of it a free one has no port. */
    private long ofNewBlock(
            ShareState share, int host, OutsideAddress address, int space, int insidePort, long now, int from, int to) {
        Blocks blocks = blocks(share, address);
        for (int block = blocks.nextFree(from); block >= 0 && block < to; block = blocks.nextFree(block + 1)) {
            long place = pick(share, address, space, block, insidePort);
            if (place != Allocator.NOTHING) {
                blocks.take(block, hosts.block(host));
                hosts.block(host, block);
                blocks.use(block, 1);
                share.addresses.notFull(host);
                tellTaken(share, host, address, block, now);
                return place;
            }
        }
        return Allocator.NOTHING;
    }

    private void tellTaken(ShareState share, int host, OutsideAddress address, int block, long now) {
        int size = share.pool.portBlock();
        int begin = share.pool.firstPort() + block * size;
        log.blockTaken(
                share.share.id(), hosts.high(host), hosts.low(host), address.address, begin, begin + size - 1, now);
    }

    /** A port of a block came back. */
    void free(ShareState share, int host, OutsideAddress address, int port, long now, End why) {
        int size = share.pool.portBlock();
        int block = (port - share.pool.firstPort()) / size;
        Blocks blocks = blocks(share, address);
        share.addresses.notFull(host);
        blocks.use(block, -1);
        if (blocks.use(block) > 0) {
            return;
        }
        // Blocks from before the host had another address for a while are in a chain that it does not know any more.
        boolean known = hosts.isPaired(host) && hosts.outside(host) == address.address;
        if (known && hosts.block(host) == block) {
            hosts.block(host, blocks.next(block));
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
}
