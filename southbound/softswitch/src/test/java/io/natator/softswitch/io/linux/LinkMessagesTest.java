package io.natator.softswitch.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.softswitch.io.linux.LinkMessages.Complete;
import io.natator.softswitch.io.linux.LinkMessages.Gone;
import io.natator.softswitch.io.linux.LinkMessages.Link;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinkMessagesTest {
    private static final int NEW_LINK = 16;
    private static final int DELETE_LINK = 17;

    @Test
    void readsInterfaces() {
        assertThat(LinkMessages.read(buffer(message(NEW_LINK, 7, 0x11043, 1500))))
                .containsExactly(new Link(7, "eth7", 0x0200_0000_0007L, 1500, true, true));
        // Up, but without carrier; then down.
        assertThat(LinkMessages.read(buffer(message(NEW_LINK, 7, 0x1003, 9000))))
                .containsExactly(new Link(7, "eth7", 0x0200_0000_0007L, 9000, true, false));
        assertThat(LinkMessages.read(buffer(message(NEW_LINK, 7, 0x1002, 9000))))
                .containsExactly(new Link(7, "eth7", 0x0200_0000_0007L, 9000, false, false));
    }

    @Test
    void readsSeveralMessages() {
        byte[] done =
                new NetlinkWriter().message(Netlink.DONE, 0).octets(new byte[4]).toBytes();
        ByteBuffer all = buffer(message(NEW_LINK, 1, 1, 65_536), message(DELETE_LINK, 2, 0, 0), done);
        assertThat(LinkMessages.read(all))
                .containsExactly(
                        new Link(1, "eth1", 0x0200_0000_0001L, 65_536, true, false), new Gone(2), new Complete());
    }

    @Test
    void anyOctetsAreSurvived() {
        long seed = Long.getLong("natator.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] good = buffer(message(NEW_LINK, 1, 1, 1500), message(DELETE_LINK, 1, 0, 0))
                .array();
        for (int i = 0; i < 50_000; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int changes = random.nextInt(6); changes > 0 && bad.length > 0; changes--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            // Two messages were there; each takes 16 octets at least.
            assertThat(LinkMessages.read(buffer(bad))).hasSizeLessThanOrEqualTo(bad.length / 16);
        }
    }

    private static byte[] message(int type, int index, int flags, int mtu) {
        byte[] header = ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putInt(4, index)
                .putInt(8, flags)
                .array();
        byte[] words = ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(mtu)
                .array();
        NetlinkWriter out = new NetlinkWriter().message(type, 0).octets(header);
        out.attribute(1, new byte[] {2, 0, 0, 0, 0, (byte) index});
        return out.string(3, "eth" + index).attribute(4, words).toBytes();
    }

    private static ByteBuffer buffer(byte[]... messages) {
        int length = Arrays.stream(messages).mapToInt(m -> m.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        Arrays.stream(messages).forEach(all::put);
        return all.flip();
    }
}
