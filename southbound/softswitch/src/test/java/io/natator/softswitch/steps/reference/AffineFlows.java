package io.natator.softswitch.steps.reference;

import java.util.HashMap;
import java.util.Map;

/** Which flow came in by which affine share. */
final class AffineFlows {
    private record Key(int protocol, Party inside, Party remote) {}

    private static final class Noted extends Tracked {
        FixedReference share;
    }

    private final Clock clock;
    private final Map<Key, Noted> flows = new HashMap<>();

    AffineFlows(Clock clock) {
        this.clock = clock;
    }

    /** @param in as the inside sees it */
    void cameIn(Flow in, FixedReference share) {
        if (hasFlow(in)) {
            Noted noted = flows.computeIfAbsent(new Key(in.protocol(), in.dst(), in.remote(true)), _ -> new Noted());
            noted.share = share;
            noted.track(clock, in, false);
        }
    }

    /** The share by which a packet from inside leaves. */
    FixedReference answers(Flow out, FixedReference named) {
        Noted noted = hasFlow(out) ? flows.get(new Key(out.protocol(), out.src(), out.remote(false))) : null;
        if (noted == null) {
            return named;
        }
        noted.track(clock, out, true);
        if (out.protocol() == 6) {
            noted.connection.answered(out.flags());
        }
        return noted.share;
    }

    /** The share of the flow that an error quotes, which came in. */
    FixedReference quoted(Flow in, FixedReference named) {
        Noted noted = flows.get(new Key(in.protocol(), in.dst(), in.remote(true)));
        return noted == null ? named : noted.share;
    }

    private static boolean hasFlow(Flow flow) {
        boolean echo = flow.protocol() == 58 ? flow.flags() >= 128 : flow.flags() == 0 || flow.flags() == 8;
        return !flow.isIcmp() || echo;
    }

    void expire() {
        flows.entrySet()
                .removeIf(e -> e.getValue()
                        .isOver(
                                clock,
                                e.getValue().share.share.pool(),
                                e.getKey().protocol()));
    }

    /** Shares changed: flows of those that are gone go. */
    void keep(SwitchReference all) {
        flows.entrySet().removeIf(e -> {
            FixedReference share = e.getValue().share;
            return !all.has(share) || !share.isInside(e.getKey().inside().address());
        });
    }

    long of(FixedReference share) {
        return flows.values().stream().filter(f -> f.share == share).count();
    }
}
