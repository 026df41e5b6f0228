package io.natator.openflow.l3;

import io.natator.openflow.Count;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/**
 * What becomes of a packet that a device sent up.
 *
 * @param count what it is counted as
 * @param answer to be sent, if any
 * @param heard a neighbour that the packet tells of
 * @param wanted an on-link address whose MAC nobody knows yet
 */
public record Verdict(Count count, Optional<Answer> answer, Optional<Heard> heard, Optional<IpAddress> wanted) {
    /**
     * @param port by which the frame leaves
     * @param frame whole
     * @param icmpError subject to the limit of RFC 1812 section 4.3.2.8 and RFC 4443 section 2.4 (f)
     */
    public record Answer(int port, byte[] frame, boolean icmpError) {}

    /** Address and MAC of a neighbour. */
    public record Heard(IpAddress address, MacAddress mac) {}

    static Verdict drop(Count count) {
        return new Verdict(count, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Verdict send(Count count, int port, byte[] frame) {
        return new Verdict(count, Optional.of(new Answer(port, frame, false)), Optional.empty(), Optional.empty());
    }

    static Verdict error(int port, byte[] frame) {
        return new Verdict(
                Count.ICMP_ERRORS_SENT, Optional.of(new Answer(port, frame, true)), Optional.empty(), Optional.empty());
    }

    static Verdict wanted(IpAddress address) {
        return new Verdict(Count.PACKETS_IN_UNRESOLVED, Optional.empty(), Optional.empty(), Optional.of(address));
    }

    Verdict hearing(Optional<Heard> neighbor) {
        return new Verdict(count, answer, neighbor, wanted);
    }
}
