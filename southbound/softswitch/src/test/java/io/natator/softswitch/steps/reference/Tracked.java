package io.natator.softswitch.steps.reference;

import io.natator.model.intent.Pool;

/** A session: when it was last used, and for TCP what was said. */
class Tracked {
    final Connection connection = new Connection();
    private long seen;

    void track(Clock clock, Flow flow, boolean inside) {
        seen = clock.tick;
        if (flow.protocol() == 6) {
            connection.segment(inside, flow.flags());
        }
    }

    boolean isOver(Clock clock, Pool pool, int protocol) {
        Pool.Timers timers = pool.timers();
        return clock.tick
                >= seen
                        + Clock.ticks(
                                switch (protocol) {
                                    case 1, 58 -> timers.icmp();
                                    case 6 ->
                                        connection.isEstablished() ? timers.tcpEstablished() : timers.tcpTransitory();
                                    default -> timers.udp();
                                });
    }
}
