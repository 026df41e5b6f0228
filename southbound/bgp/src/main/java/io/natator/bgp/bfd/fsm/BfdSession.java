package io.natator.bgp.bfd.fsm;

import io.natator.bgp.bfd.codec.BfdState;
import io.natator.bgp.bfd.codec.ControlPacket;
import io.natator.bgp.bfd.codec.Diagnostic;
import io.natator.bgp.bfd.codec.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One session in asynchronous mode, active role, without echo. Variables are named as in RFC 5880, section 6.8.1, without their
 * {@code bfd.}. Times are nanoseconds on any monotonic clock, never less than before. Confined to one thread.
 *
 * <p>Our C bit is never set: this code is part of the control plane, while switches forward on without it.
 */
public final class BfdSession {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long MICRO = 1_000;
    /** While a session is not up it sends no faster (section 6.8.3); microseconds. */
    private static final long SLOW = 1_000_000;

    private final int localDiscr;
    private final RandomGenerator random;
    private final Sequences sequences;
    private final PollSequence poll = new PollSequence();

    private BfdSettings settings;
    private BfdState sessionState = BfdState.DOWN;
    private int localDiag = Diagnostic.NONE;
    /** In use; lags behind what is announced until a poll sequence ends (section 6.8.3). Microseconds. */
    private long txInUse;

    private long rxInUse;

    private BfdState remoteSessionState = BfdState.DOWN;
    private int remoteDiscr;
    private long remoteMinRx = 1;
    private long remoteMinTx;
    private int remoteMultiplier = 1;
    private boolean remoteDemand;
    private boolean remoteIndependent;

    private long lastSent;
    private long sendAt;
    private long detectAt = NEVER;
    private long forgetAt = NEVER;
    private long overAt = NEVER;

    /** @param localDiscr not 0, of no other session */
    public BfdSession(BfdSettings settings, int localDiscr, RandomGenerator random, long now) {
        this.settings = settings;
        this.localDiscr = localDiscr;
        this.random = random;
        this.sequences = new Sequences(random);
        this.lastSent = now;
        this.sendAt = now;
        this.txInUse = announcedTx();
        this.rxInUse = settings.minRx();
    }

    public int discriminator() {
        return localDiscr;
    }

    public BfdState state() {
        return sessionState;
    }

    /** When {@link #tick} is wanted at the latest. */
    public long deadline() {
        return Math.min(Math.min(periodic() ? sendAt : NEVER, overAt), Math.min(detectAt, forgetAt));
    }

    /** True once a session that was {@link #stop}ped has said so for long enough. */
    public boolean over(long now) {
        return now >= overAt;
    }

    /** A well-formed packet that was found to be of this session. */
    public List<BfdAction> received(byte[] payload, Parsed.Ok parsed, long now) {
        List<BfdAction> actions = new ArrayList<>(2);
        ControlPacket packet = parsed.packet();
        boolean trusted = settings.authentication()
                .map(key -> sequences.accept(payload, parsed, key, packet.detectMultiplier()))
                .orElse(!parsed.authenticated());
        if (!trusted) {
            actions.add(new BfdAction.Unauthenticated());
            return actions;
        }
        learn(packet);
        if (packet.finalBit() && poll.confirmed()) {
            txInUse = announcedTx();
            rxInUse = settings.minRx();
        }
        long detection = remoteMultiplier * Math.max(rxInUse, remoteMinTx) * MICRO;
        detectAt = now + detection;
        forgetAt = now + 2 * detection;
        if (sessionState == BfdState.ADMIN_DOWN) {
            return actions;
        }
        follow(packet, now, actions);
        reschedule(now);
        if (packet.poll()) {
            actions.add(send(true));
        }
        return actions;
    }

    private void learn(ControlPacket packet) {
        remoteDiscr = packet.myDiscriminator();
        remoteSessionState = packet.state();
        remoteDemand = packet.demand();
        remoteIndependent = packet.controlPlaneIndependent();
        remoteMinRx = packet.requiredMinRx();
        remoteMinTx = packet.desiredMinTx();
        remoteMultiplier = packet.detectMultiplier();
    }

    /** The diagram of section 6.2. */
    private void follow(ControlPacket packet, long now, List<BfdAction> actions) {
        BfdState theirs = packet.state();
        if (theirs == BfdState.ADMIN_DOWN) {
            if (sessionState != BfdState.DOWN) {
                down(Diagnostic.NEIGHBOR_SIGNALED_DOWN, "the neighbour turned BFD off", false, now, actions);
            }
            return;
        }
        switch (sessionState) {
            case DOWN -> {
                if (theirs == BfdState.DOWN) {
                    move(BfdState.INIT, now, actions);
                } else if (theirs == BfdState.INIT) {
                    move(BfdState.UP, now, actions);
                }
            }
            case INIT -> {
                if (theirs == BfdState.INIT || theirs == BfdState.UP) {
                    move(BfdState.UP, now, actions);
                }
            }
            case UP -> {
                if (theirs == BfdState.DOWN) {
                    String reason = "neighbor signaled session down: " + Diagnostic.words(packet.diagnostic());
                    down(Diagnostic.NEIGHBOR_SIGNALED_DOWN, reason, true, now, actions);
                }
            }
            case ADMIN_DOWN -> {}
        }
    }

    private void move(BfdState next, long now, List<BfdAction> actions) {
        sessionState = next;
        if (next == BfdState.UP) {
            localDiag = Diagnostic.NONE;
        }
        changed("", false, now, actions);
    }

    private void down(int diagnostic, String reason, boolean failed, long now, List<BfdAction> actions) {
        boolean wasUp = sessionState == BfdState.UP;
        sessionState = BfdState.DOWN;
        localDiag = diagnostic;
        changed(reason, failed && wasUp, now, actions);
    }

    /** The other side learns at once, and what we announce may have changed with the state. */
    private void changed(String reason, boolean failed, long now, List<BfdAction> actions) {
        if (announcedTx() != txInUse) {
            txInUse = announcedTx();
            if (remoteDiscr != 0) {
                poll.begin(); // Else there is nobody to answer.
            }
        }
        actions.add(new BfdAction.Changed(sessionState, reason, failed, remoteIndependent));
        actions.add(transmit(now));
    }

    /** Time has passed. */
    public List<BfdAction> tick(long now) {
        List<BfdAction> actions = new ArrayList<>(2);
        if (now >= detectAt) {
            detectAt = NEVER;
            remoteDiscr = 0;
            remoteMinRx = 1;
            remoteDemand = false;
            poll.end();
            if (sessionState == BfdState.INIT || sessionState == BfdState.UP) {
                String reason = Diagnostic.words(Diagnostic.DETECTION_TIME_EXPIRED);
                down(Diagnostic.DETECTION_TIME_EXPIRED, reason, true, now, actions);
            }
        }
        if (now >= forgetAt) {
            forgetAt = NEVER;
            sequences.forget();
        }
        if (periodic() && now >= sendAt) {
            actions.add(transmit(now));
        }
        return actions;
    }

    /** Other intervals or multiplier: the session stays up, and takes them when the other side has them (section 6.8.3). */
    public List<BfdAction> change(BfdSettings next, long now) {
        boolean sameTimers = next.minTx() == settings.minTx()
                && next.minRx() == settings.minRx()
                && next.multiplier() == settings.multiplier();
        settings = next;
        if (sameTimers) {
            return List.of();
        }
        boolean up = sessionState == BfdState.UP;
        txInUse = up ? Math.min(txInUse, announcedTx()) : announcedTx();
        rxInUse = up ? Math.max(rxInUse, next.minRx()) : next.minRx();
        poll.begin();
        return List.of(transmit(now));
    }

    /** Turns the session off; the other side hears so for its detection time (section 6.8.16), then it is {@link #over}. */
    public List<BfdAction> stop(long now) {
        sessionState = BfdState.ADMIN_DOWN;
        localDiag = Diagnostic.ADMINISTRATIVELY_DOWN;
        // At the pace that the other side expects until now: announcing another one would take a poll sequence.
        overAt = now + settings.multiplier() * interval() * MICRO;
        detectAt = NEVER;
        forgetAt = NEVER;
        poll.end();
        return List.of(transmit(now));
    }

    private long announcedTx() {
        return sessionState == BfdState.UP ? settings.minTx() : Math.max(settings.minTx(), SLOW);
    }

    /** Microseconds between packets, before jitter (section 6.8.2). */
    private long interval() {
        return Math.max(txInUse, remoteMinRx);
    }

    /** False where the other side wants no periodic packets (section 6.8.7). */
    private boolean periodic() {
        boolean demanded = remoteDemand && sessionState == BfdState.UP && remoteSessionState == BfdState.UP;
        return remoteMinRx != 0 && (!demanded || poll.active());
    }

    /** The interval may have changed: the next packet is due by the new one, jitter included. */
    private void reschedule(long now) {
        long longest = lastSent + interval() * MICRO;
        if (sendAt > longest) {
            sendAt = Math.max(now, lastSent + jittered(interval() * MICRO));
        }
    }

    private BfdAction transmit(long now) {
        lastSent = now;
        sendAt = now + jittered(interval() * MICRO);
        return send(false);
    }

    /** 75 % to 100 %, and no more than 90 % where one lost packet is the end (section 6.8.7). */
    private long jittered(long nanos) {
        long least = nanos * 3 / 4;
        long most = settings.multiplier() == 1 ? nanos * 9 / 10 : nanos;
        return least + (most > least ? random.nextLong(most - least) : 0);
    }

    private BfdAction send(boolean answer) {
        ControlPacket packet = new ControlPacket(
                localDiag,
                sessionState,
                poll.active() && !answer,
                answer,
                false,
                false,
                settings.multiplier(),
                localDiscr,
                remoteDiscr,
                announcedTx(),
                settings.minRx(),
                0);
        return new BfdAction.Send(settings.authentication()
                .map(key -> sequences.seal(packet, key))
                .orElseGet(packet::encode));
    }
}
