package io.natator.openflow.l3;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/**
 * Packets for on-link hosts that no rule leads to yet: they wait while the host's MAC is asked for (RFC 1122, section
 * 2.3.2.2; RFC 4861, section 7.2.2), and those that come between its answer and its rule need not wait. Times are in
 * nanoseconds.
 */
public final class Unresolved {
    /** Packets that wait for one host; a further one takes the place of the oldest. */
    static final int PER_HOST = 4;

    /** Octets of all that waits for any host of a device. */
    static final int OCTETS = 1 << 20;

    /** A host that has not answered by then is unreachable. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    /** By then an answer has become a rule, or is old. */
    static final Duration RECENT = Duration.ofSeconds(5);

    /** Hosts whose recent answers are kept. */
    static final int ANSWERS = 1024;

    /**
     * A packet that waits.
     *
     * @param inPort by which it came
     * @param frame as it was sent up: translated, TTL as it came
     */
    public record Waiting(int inPort, byte[] frame, long until) {}

    private record Answer(MacAddress mac, long until) {}

    private final Map<IpAddress, Deque<Waiting>> waiting = new LinkedHashMap<>();
    private final Map<IpAddress, Answer> answers = new LinkedHashMap<>();
    private int octets;

    /** The MAC of a host that answered a moment ago. */
    public Optional<MacAddress> recent(IpAddress host, long now) {
        return Optional.ofNullable(answers.get(host))
                .filter(a -> now < a.until())
                .map(Answer::mac);
    }

    /** Lets a packet wait; returns how many were dropped for it or instead of it. */
    public int hold(IpAddress host, int inPort, byte[] frame, long now) {
        Deque<Waiting> queue = waiting.computeIfAbsent(host, _ -> new ArrayDeque<>(PER_HOST));
        int dropped = 0;
        if (queue.size() == PER_HOST) {
            octets -= queue.removeFirst().frame().length;
            dropped++;
        }
        if (octets + frame.length > OCTETS) {
            dropped++;
        } else {
            queue.addLast(new Waiting(inPort, frame, now + PATIENCE.toNanos()));
            octets += frame.length;
        }
        if (queue.isEmpty()) {
            waiting.remove(host);
        }
        return dropped;
    }

    /** A host has answered; returns what waited for it, oldest first. */
    public List<Waiting> answered(IpAddress host, MacAddress mac, long now) {
        answers.remove(host); // so that it is the youngest again
        answers.put(host, new Answer(mac, now + RECENT.toNanos()));
        if (answers.size() > ANSWERS) {
            Iterator<IpAddress> oldest = answers.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        Deque<Waiting> queue = waiting.remove(host);
        if (queue == null) {
            return List.of();
        }
        queue.forEach(w -> octets -= w.frame().length);
        return List.copyOf(queue);
    }

    /** What has waited in vain; {@link Long#MAX_VALUE} for all. */
    public List<Waiting> expired(long now) {
        List<Waiting> expired = new ArrayList<>();
        Iterator<Deque<Waiting>> queues = waiting.values().iterator();
        while (queues.hasNext()) {
            Deque<Waiting> queue = queues.next();
            while (!queue.isEmpty() && queue.peekFirst().until() <= now) {
                octets -= queue.peekFirst().frame().length;
                expired.add(queue.removeFirst());
            }
            if (queue.isEmpty()) {
                queues.remove();
            }
        }
        return expired;
    }
}
