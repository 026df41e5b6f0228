package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Wait;
import io.natator.lab.topology.Addresses;
import io.natator.lab.topology.Lab;
import io.natator.lab.traffic.Pinger;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * Does something while 10,000 datagrams a second pass from h1 to the router, none of which may be missing. A machine so busy
 * that threads which want to run do not for as long as the ring of the switch lasts tells nothing: then it is done again.
 */
final class LosslessRun {
    /** About half of what a ring holds of datagrams that come at this rate. */
    private static final long BUSY_NANOS = 50_000_000;

    private static final int ATTEMPTS = 8;
    private static final AtomicInteger PORT = new AtomicInteger(7000);

    interface Task {
        void run() throws IOException;
    }

    private LosslessRun() {}

    static void of(Lab lab, Task task) throws IOException {
        Wait.until(
                "an answer",
                () -> Pinger.ping(lab.network().h1(), Addresses.GATEWAY, 1).received() == 1);
        String last = "";
        for (int i = 0; i < ATTEMPTS; i++) {
            try (SequencedStream stream = SequencedStream.start(
                    lab.network().h1(), lab.network().router(), Addresses.GATEWAY, PORT.incrementAndGet())) {
                Wait.until("datagrams", () -> stream.sent() >= 1000);
                Witness witness = new Witness();
                task.run();
                SequencedStream.Report report = stream.stop();
                last = "%s; a thread that wanted to run did not for %d ms"
                        .formatted(report, witness.worstNanos() / 1_000_000);
                System.out.println(last);
                assertThat(report.received()).isGreaterThan(1000);
                if (report.missing() == 0) {
                    return;
                }
                assertThat(witness.worstNanos()).as(last).isGreaterThan(BUSY_NANOS);
            }
        }
        Assumptions.abort("the machine is too busy: " + last);
    }

    /** A thread that wants to run once a millisecond, from now on. */
    private static final class Witness {
        private volatile boolean stop;
        private volatile long worst;
        private final Thread thread =
                Thread.ofPlatform().daemon().name("witness").start(this::watch);

        private void watch() {
            long last = System.nanoTime();
            while (!stop) {
                Thread.onSpinWait();
                long now = System.nanoTime();
                worst = Math.max(worst, now - last);
                last = now;
                Wait.pause(java.time.Duration.ofMillis(1));
            }
        }

        long worstNanos() {
            stop = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return worst;
        }
    }
}
