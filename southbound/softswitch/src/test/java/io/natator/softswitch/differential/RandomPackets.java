package io.natator.softswitch.differential;

import io.natator.packet.Bytes;
import io.natator.softswitch.differential.Scenario.Packet;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.frame.FrameKeys;
import io.natator.softswitch.frame.Samples;
import io.natator.softswitch.trace.Arrival;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Packets that both switches understand alike (docs/softswitch-vs-ovs.md says which they do not), some of them alike but
 * for a bit of an address or a port.
 */
final class RandomPackets {
    static final int PORTS = 4;
    /** Octets at the end that tell packets apart. */
    static final int ID = 4;

    private final Random random;
    private final Samples samples;

    RandomPackets(Random random) {
        this.random = random;
        this.samples = Samples.plain(random);
    }

    List<Packet> next(int count) {
        List<Packet> all = new ArrayList<>();
        while (all.size() < count) {
            byte[] frame = !all.isEmpty() && random.nextInt(3) == 0
                    ? sibling(all.get(random.nextInt(all.size())).arrival().frame())
                    : fresh();
            int port = 1 + random.nextInt(PORTS);
            all.add(new Packet(
                    new Arrival(port, frame), FrameKeys.of(port, frame).key()));
        }
        return all;
    }

    /** The octets of a packet for the {@code id}th time that one is sent. */
    static byte[] numbered(byte[] frame, int id) {
        byte[] octets = frame.clone();
        Bytes.put32(octets, octets.length - ID, id);
        return octets;
    }

    private byte[] fresh() {
        byte[] frame = samples.next().octets();
        return Arrays.copyOf(frame, Math.max(60, frame.length) + ID);
    }

    /** The same with another address, or one bit of it flipped; checksums stay right. */
    private byte[] sibling(byte[] frame) {
        Field[] fields = {
            Field.ETH_DST,
            Field.IPV4_SRC,
            Field.IPV4_DST,
            Field.IPV6_SRC,
            Field.IPV6_DST,
            Field.TCP_DST,
            Field.UDP_DST,
            Field.IP_TTL,
            Field.IP_DSCP,
        };
        Field field = fields[random.nextInt(fields.length)];
        return FrameKeys.flipped(frame, field, 1L << random.nextInt(Math.min(63, field.bits())));
    }
}
