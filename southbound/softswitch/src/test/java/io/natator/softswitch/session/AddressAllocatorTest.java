package io.natator.softswitch.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.session.Share;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;

/** Addresses that are kept for those that had them. */
class AddressAllocatorTest {
    private static final int STICKY = 3600;
    private static final int INSIDE = 0x0a000001;

    /** A host that comes and goes all day takes no more room than another, and is forgotten when its last time is over. */
    @Test
    void looksAfterAHostOnce() {
        Pool pool = Pool.DEFAULT.but().sticky(Duration.ofSeconds(STICKY)).build();
        Share told = new Share(
                1,
                "pool",
                Kind.DYNAMIC,
                IpPrefix.valueOf("10.0.0.0/24"),
                List.of(IpPrefix.valueOf("192.0.2.0/28")),
                List.of(),
                false,
                pool);
        try (HostTable hosts = new HostTable(16, 1)) {
            AddressAllocator allocator = new AddressAllocator(hosts, new SplittableRandom(1), new Holds());
            ShareState share = new ShareState(1, told);
            share.isThere = true;
            int host = hosts.add(1, INSIDE);
            int last = 0;
            for (int tick = 0; tick < 10 * share.sticky; tick += share.sticky / 100) {
                OutsideAddress address = allocator.binding(share, host, tick);
                allocator.keep(share, host, address, tick);
                assertThat(allocator.queued()).isEqualTo(1);
                int due = allocator.forgotten(tick, false);
                assertThat(due).as("came back meanwhile").isNotEqualTo(host);
                last = tick;
            }
            while (allocator.forgotten(last + share.sticky - 1, false) == 0) {
                assertThat(allocator.queued()).isEqualTo(1);
            }
            assertThat(allocator.forgotten(last + share.sticky, false)).isEqualTo(host);
            assertThat(allocator.queued()).isZero();
        }
    }
}
