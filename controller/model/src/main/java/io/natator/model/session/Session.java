package io.natator.model.session;

import java.time.Instant;
import org.onlab.packet.IpAddress;

/**
 * One session: a mapping and one remote endpoint, or a DYNAMIC binding.
 *
 * @param translation id
 * @param protocol IP protocol; 0: all (a DYNAMIC binding)
 * @param inside address of the host
 * @param insidePort port or ICMP query id; 0 of a binding
 * @param outside address that the remote sees
 * @param outsidePort port or ICMP query id that the remote sees
 * @param remote address; empty text is never used: of a binding, and of a mapping for all remotes, it equals {@code outside}
 * @param remotePort port; 0 of a binding
 * @param state in words: {@code "established"}, {@code "syn-sent"}, {@code "binding"}, {@code "forward"} …
 * @param since when it was made
 * @param until when it ended, or will if no further packet comes
 * @param packets both directions
 * @param bytes both directions
 */
public record Session(
        String translation,
        int protocol,
        IpAddress inside,
        int insidePort,
        IpAddress outside,
        int outsidePort,
        IpAddress remote,
        int remotePort,
        String state,
        Instant since,
        Instant until,
        long packets,
        long bytes) {}
