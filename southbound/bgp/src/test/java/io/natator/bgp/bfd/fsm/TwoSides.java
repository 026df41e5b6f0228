package io.natator.bgp.bfd.fsm;

import io.natator.bgp.bfd.codec.BfdState;
import io.natator.bgp.bfd.codec.ControlPacket;
import io.natator.bgp.bfd.codec.Parsed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Two machines and the wires between them, on a clock that jumps from event to event. */
final class TwoSides {
    /** One of the two. */
    static final class Side {
        final BfdSession session;
        final List<BfdAction.Changed> changes = new ArrayList<>();
        /** When each packet left. */
        final List<Long> sent = new ArrayList<>();

        final List<ControlPacket> packets = new ArrayList<>();
        int unauthenticated;

        Side(BfdSettings settings, int discriminator, SplittableRandom random) {
            session = new BfdSession(settings, discriminator, random, 0);
        }

        BfdAction.Changed last() {
            return changes.getLast();
        }
    }

    private record InFlight(long at, long order, int to, byte[] packet) implements Comparable<InFlight> {
        @Override
        public int compareTo(InFlight other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    final Side[] sides = new Side[2];
    /** Of each direction: lost packets in 1000; index is the receiver. */
    final int[] loss = new int[2];

    /** Longest time on the wire, nanoseconds. */
    long delay = TimeUnit.MILLISECONDS.toNanos(1);

    private final SplittableRandom random;
    private final PriorityQueue<InFlight> wire = new PriorityQueue<>();
    private long now;
    private long order;

    TwoSides(long seed, BfdSettings a, BfdSettings b) {
        random = new SplittableRandom(seed);
        sides[0] = new Side(a, 11, random.split());
        sides[1] = new Side(b, 22, random.split());
    }

    long now() {
        return now;
    }

    Side a() {
        return sides[0];
    }

    Side b() {
        return sides[1];
    }

    boolean bothUp() {
        return Arrays.stream(sides).allMatch(side -> side.session.state() == BfdState.UP);
    }

    void run(long nanos) {
        long end = now + nanos;
        while (true) {
            long next = Math.min(deadline(0), deadline(1));
            if (!wire.isEmpty()) {
                next = Math.min(next, wire.peek().at());
            }
            if (next > end) {
                now = end;
                return;
            }
            now = Math.max(now, next);
            while (!wire.isEmpty() && wire.peek().at() <= now) {
                deliver(wire.remove());
            }
            for (int side = 0; side < 2; side++) {
                if (deadline(side) <= now) {
                    carryOut(side, sides[side].session.tick(now));
                }
            }
        }
    }

    private long deadline(int side) {
        BfdSession session = sides[side].session;
        return session.over(now) ? Long.MAX_VALUE : session.deadline();
    }

    private void deliver(InFlight flight) {
        if (ControlPacket.parse(flight.packet()) instanceof Parsed.Ok ok) {
            carryOut(flight.to(), sides[flight.to()].session.received(flight.packet(), ok, now));
        }
    }

    void carryOut(int from, List<BfdAction> actions) {
        for (BfdAction action : actions) {
            switch (action) {
                case BfdAction.Send send -> {
                    sides[from].sent.add(now);
                    sides[from].packets.add(((Parsed.Ok) ControlPacket.parse(send.packet())).packet());
                    if (random.nextInt(1000) >= loss[1 - from]) {
                        wire.add(new InFlight(now + random.nextLong(delay), order++, 1 - from, send.packet()));
                    }
                }
                case BfdAction.Changed changed -> sides[from].changes.add(changed);
                case BfdAction.Unauthenticated none -> sides[from].unauthenticated++;
            }
        }
    }
}
