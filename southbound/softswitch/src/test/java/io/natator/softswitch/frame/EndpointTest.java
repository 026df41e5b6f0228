package io.natator.softswitch.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.packet.IpProtocol;
import io.natator.softswitch.flow.Field;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EndpointTest {
    /** Also of frames that are cut short, are fragments, or whose checksum is partial (GSO). */
    @Test
    void changesWhatTheEditorChangesOneByOne() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        Random random = new Random(seed);
        Samples samples = new Samples(random, 2);
        int changed = 0;
        for (int i = 0; i < 4000; i++) {
            byte[] octets = samples.next().octets();
            octets = random.nextInt(4) == 0 ? Arrays.copyOf(octets, random.nextInt(octets.length + 1)) : octets;
            boolean partial = random.nextInt(3) == 0;
            try (Place fast = new Place(octets);
                    Place slow = new Place(octets)) {
                if (fast.headers.ipVersion != 4 || fast.headers.protocol == IpProtocol.ICMP) {
                    continue;
                }
                for (Place one : new Place[] {fast, slow}) {
                    one.frame.flags = partial && one.headers.checksum != 0 ? Frame.NEEDS_CSUM : 0;
                    one.frame.csumStart = one.headers.upper;
                    one.frame.csumOffset = one.headers.checksum - one.headers.upper;
                }
                boolean source = random.nextBoolean();
                int address = random.nextInt();
                int port = random.nextInt(65536);
                Endpoint.set(fast.frame, fast.headers, fast.key, source, address, port);
                slow.set(source ? Field.IPV4_SRC : Field.IPV4_DST, address & 0xFFFF_FFFFL);
                if (slow.headers.protocol == IpProtocol.TCP || slow.headers.protocol == IpProtocol.UDP) {
                    slow.set(source ? Field.TCP_SRC : Field.TCP_DST, port);
                    slow.set(source ? Field.UDP_SRC : Field.UDP_DST, port);
                }
                assertThat(fast.hex()).as("seed %d, frame %d", seed, i).isEqualTo(slow.hex());
                fast.check();
                changed++;
            }
        }
        assertThat(changed).isPositive();
    }
}
