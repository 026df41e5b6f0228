package io.natator.softswitch.session;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.onlab.packet.IpPrefix;

/**
 * The outside addresses of a share, numbered in order. What is given away of one is known as long as anybody has it, even if
 * the address is no longer of the pool: it may be again before all sessions were looked at.
 */
final class OutsidePool {
    /** Most addresses of a pool. */
    static final int MOST = 1 << 16;

    final Block[] blocks;
    private final int[] starts;
    private final OutsideAddress[] addresses;
    /** Those that are no longer of the pool, but of which something is given away. */
    private final Map<Integer, OutsideAddress> gone = new HashMap<>();
    /** Of those that are of the pool. */
    final Given given = new Given();
    /** DYNAMIC: those that are free, and kept for nobody. */
    final Candidates nobodys;
    /** DYNAMIC: those that are free, but kept for whom had them. */
    final Candidates kept;
    /** NAPT: those with room for another host's ports, by protocol that has some, and those that no host uses of each other protocol. */
    private final Candidates[] room = new Candidates[OutsideAddress.SPACES + 256];
    /** NAPT: hosts of whose blocks no port is free, by protocol. Until one comes back nobody need look. */
    private final BitSet[] full = new BitSet[OutsideAddress.SPACES];

    /** @param before its state is taken over; null if there is none */
    OutsidePool(List<IpPrefix> prefixes, OutsidePool before) {
        blocks = prefixes.stream().map(Block::new).toArray(Block[]::new);
        starts = new int[blocks.length];
        int size = 0;
        for (int i = 0; i < blocks.length; i++) {
            starts[i] = size;
            size += (int) blocks[i].size();
        }
        addresses = new OutsideAddress[size];
        nobodys = new Candidates(size, true);
        kept = new Candidates(size, false);
        Arrays.setAll(full, _ -> new BitSet());
        if (before != null) {
            for (OutsideAddress one : before.addresses) {
                inherit(one);
            }
            before.gone.values().forEach(this::inherit);
        }
    }

    private void inherit(OutsideAddress one) {
        int at = one == null ? -1 : index(one.address);
        if (at >= 0) {
            addresses[at] = one;
            one.move(this, at);
        } else if (one != null && (one.isUsed() || one.keptFor() != 0)) {
            gone.put(one.address, one);
            one.move(null, 0);
        }
    }

    /** NAPT: addresses that may have a port for another host. */
    Candidates withRoom(int space) {
        if (room[space] == null) {
            room[space] = new Candidates(size(), true);
        }
        return room[space];
    }

    /** NAPT: addresses of which maybe no host uses a protocol without ports. */
    Candidates unused(int protocol) {
        return withRoom(OutsideAddress.SPACES + protocol);
    }

    /** Something of an address came back. */
    void reopen(int place) {
        for (int space = 0; space < OutsideAddress.SPACES; space++) {
            if (room[space] != null) {
                room[space].reopen(place);
            }
        }
    }

    /** Whether no port of a host's blocks is free. */
    boolean isFull(int host, int space) {
        return full[space].get(host);
    }

    void full(int host, int space) {
        full[space].set(host);
    }

    /** A host has a port, or a block, more that is free. */
    void notFull(int host) {
        for (BitSet one : full) {
            one.clear(host);
        }
    }

    /** Addresses, 1 to {@link #MOST}. */
    int size() {
        return addresses.length;
    }

    /** Number of an address; −1 if it is none of them. */
    int index(int address) {
        long unsigned = address & 0xFFFF_FFFFL;
        for (int i = 0; i < blocks.length; i++) {
            if (blocks[i].holds(0, unsigned)) {
                return starts[i] + (int) (unsigned - blocks[i].low);
            }
        }
        return -1;
    }

    boolean holds(int address) {
        return index(address) >= 0;
    }

    OutsideAddress get(int index) {
        if (addresses[index] == null) {
            int block = blocks.length - 1;
            while (starts[block] > index) {
                block--;
            }
            addresses[index] = new OutsideAddress((int) (blocks[block].low + index - starts[block]));
            addresses[index].move(this, index);
        }
        return addresses[index];
    }

    /** State of an address; null if it is none of the pool's. */
    OutsideAddress of(int address) {
        int index = index(address);
        return index < 0 ? null : get(index);
    }

    /** State of an address that is or was one of the pool's; null if nothing of it is given away. */
    OutsideAddress stateOf(int address) {
        int index = index(address);
        return index < 0 ? gone.get(address) : get(index);
    }

    /** No address is set aside any more. */
    void noneSetAside() {
        for (OutsideAddress one : addresses) {
            if (one != null) {
                one.reserved(false);
            }
        }
    }

    /** State of an address if anything was ever given away of it; null else. */
    OutsideAddress known(int index) {
        return addresses[index];
    }
}
