package io.natator.model.southbound;

import io.natator.model.device.Capabilities;
import io.natator.model.packet.Packet;
import io.natator.model.session.BindingRound;
import java.util.List;
import java.util.Map;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;

/** What switches tell the controller. Handed to one sink, in order for each datapath. */
public sealed interface SwitchEvent {
    long datapathId();

    /** Connected and its capabilities discovered. */
    record Connected(long datapathId, String peer, Capabilities capabilities) implements SwitchEvent {}

    /** Something new about a connected device: a port came or went, an error taught a limit. */
    record Changed(long datapathId, Capabilities capabilities) implements SwitchEvent {}

    record Disconnected(long datapathId, String reason) implements SwitchEvent {}

    /**
     * The datapath answered the barrier after the last difference (or there was none).
     *
     * @param restoredByOwner of {@code added}: rules that had been there in this generation and had vanished or been
     *     altered; by translation id, empty for those that serve the whole device
     * @param failures rules that the datapath refused
     */
    record Synced(
            long datapathId,
            long generation,
            int added,
            int kept,
            int removed,
            Map<String, Integer> restoredByOwner,
            List<Failure> failures)
            implements SwitchEvent {
        /** Nothing had to be restored. */
        public Synced(long datapathId, long generation, int added, int kept, int removed, List<Failure> failures) {
            this(datapathId, generation, added, kept, removed, Map.of(), failures);
        }

        /** Rules that were restored, whosever they are. */
        public int restored() {
            return restoredByOwner.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** A dump failed or was cut short, or a barrier was not answered: nothing was concluded; it is tried again. */
    record SyncFailed(long datapathId, long generation, String reason) implements SwitchEvent {}

    /** Rules of ours were seen to vanish; they are being restored. A new {@link Synced} follows. */
    record RulesLost(long datapathId, int count) implements SwitchEvent {}

    /** @param problem why the bytes are wrong although the packet looks right (a checksum); empty if all is well */
    record ProbeReturned(long datapathId, long nonce, Packet packet, String problem) implements SwitchEvent {}

    /** An on-link address was heard of (ARP or ND). Only addresses within a gateway's prefix are told. */
    record NeighborSeen(long datapathId, IpAddress address, MacAddress mac) implements SwitchEvent {}

    /** A packet came for an on-link address that no rule knows yet. */
    record NeighborWanted(long datapathId, IpAddress address) implements SwitchEvent {}

    record Counters(long datapathId, String owner, long packets, long bytes, long rules) implements SwitchEvent {}

    /** Live sessions of a software switch, by id of the share; asked for by {@link Sessions#use}. */
    record SharesUsed(long datapathId, Map<Integer, Long> sessions) implements SwitchEvent {
        public SharesUsed {
            sessions = Map.copyOf(sessions);
        }
    }

    /**
     * Rules that go by themselves, as they are after all that was sent before they were asked for.
     *
     * @param byId those that are there; no other is
     */
    record Leases(long datapathId, long number, Map<Long, Lease> byId) implements SwitchEvent {}

    /** What a software switch says of its bindings. */
    record Bindings(long datapathId, BindingRound.Answer answer) implements SwitchEvent {}

    /**
     * What the rules of one lease counted together since they were installed; 0 if the device does not count.
     *
     * @param packets all of them
     * @param bytes of their frames
     */
    record Lease(int rules, long packets, long bytes) {}

    /**
     * A rule that was refused.
     *
     * @param owner translation id
     * @param rule as {@code ovs-ofctl} writes it
     * @param addresses prefixes (whole addresses as /32 and /128) that it matches in IP, ARP and neighbour discovery
     * @param reason OpenFlow error type and code in words
     */
    record Failure(String owner, String rule, List<IpPrefix> addresses, String reason) {
        public Failure {
            addresses = List.copyOf(addresses);
        }
    }
}
