package io.natator.openflow.experimenter;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.session.BindingRound;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.Share;
import io.natator.openflow.codec.Framing;
import io.natator.openflow.codec.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written is read as it was, message by message; what is not as it should be is told, never thrown. */
class ExperimenterTest {
    private static final int RUNS = 200;

    private final long seed = Long.getLong("natator.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AnyShares any = new AnyShares(random);

    private static List<byte[]> messages(ByteBuf written) {
        List<byte[]> all = new ArrayList<>();
        for (int length = Framing.next(written); length > 0; length = Framing.next(written)) {
            all.add(ByteBufUtil.getBytes(written.readSlice(length)));
        }
        assertThat(written.readableBytes()).isZero();
        return all;
    }

    private List<Share> shares(int count, int forwards) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(id -> any.share(id, forwards))
                .toList();
    }

    private static ShareParts.Progress last(ShareParts parts, List<byte[]> messages) {
        for (byte[] m : messages.subList(0, messages.size() - 1)) {
            assertThat(parts.take(m, m.length)).isInstanceOf(ShareParts.Progress.Incomplete.class);
        }
        return parts.take(messages.getLast(), messages.getLast().length);
    }

    /** {@code also} does not go over the wire, and the generator leaves it empty. */
    @Test
    void sharesInPartsAreReadAsTheyWere() {
        ShareParts parts = new ShareParts();
        for (List<Share> set : List.of(List.<Share>of(), shares(1, 3), shares(50, 10), shares(100, 500))) {
            ByteBuf wire = Unpooled.buffer();
            byte[] octets = ShareCodec.write(set);
            ShareParts.write(wire, Wire.VERSION_13, 7, octets);
            List<byte[]> messages = messages(wire);
            assertThat(messages).hasSize(Math.max(1, (octets.length + 59_999) / 60_000));
            assertThat(messages).allMatch(m -> ShareParts.is(m, m.length));
            List<Share> read = new ArrayList<>();
            assertThat(last(parts, messages))
                    .isInstanceOfSatisfying(
                            ShareParts.Progress.Complete.class,
                            c -> assertThat(ShareCodec.read(c.set(), read)).isEmpty());
            assertThat(read).as("seed %d", seed).isEqualTo(set);
        }
    }

    @Test
    void partsOutOfOrderAreRefusedAndForgotten() {
        ByteBuf wire = Unpooled.buffer();
        ShareParts.write(wire, Wire.VERSION_13, 7, ShareCodec.write(shares(100, 500)));
        List<byte[]> messages = messages(wire);
        assertThat(messages).hasSizeGreaterThan(3);
        ShareParts parts = new ShareParts();
        assertThat(parts.take(messages.get(0), messages.get(0).length))
                .isInstanceOf(ShareParts.Progress.Incomplete.class);
        for (byte[] wrong : List.of(messages.get(2), messages.get(1))) {
            assertThat(parts.take(wrong, wrong.length)).isInstanceOf(ShareParts.Progress.Wrong.class);
        }
        assertThat(last(parts, messages)).isInstanceOf(ShareParts.Progress.Complete.class);
        byte[] huge = messages.getFirst().clone();
        huge[20] = 0x7F;
        assertThat(parts.take(huge, huge.length)).isInstanceOf(ShareParts.Progress.Wrong.class);
    }

    @Test
    void requestsAreReadAsTheyWere() {
        for (int i = 0; i < RUNS; i++) {
            SessionRequest request = any.request();
            ByteBuf wire = Unpooled.buffer();
            request.write(wire, Wire.VERSION_14, i);
            byte[] m = messages(wire).getFirst();
            assertThat(SessionRequest.is(m, m.length)).isTrue();
            assertThat(SessionRequest.read(m, m.length))
                    .as("seed %d", seed)
                    .isEqualTo(new SessionRequest.Read.Ok(request));
            for (int cut = Experimenter.MULTIPART_BODY; cut < m.length; cut++) {
                assertThat(SessionRequest.read(m, cut)).isInstanceOf(SessionRequest.Read.Wrong.class);
            }
        }
    }

    private SessionReply through(SessionReply reply) {
        ByteBuf wire = Unpooled.buffer();
        reply.write(wire, Wire.VERSION_13, 9, Experimenter.SESSIONS);
        List<byte[]> messages = messages(wire);
        SessionReply read = new SessionReply();
        for (int i = 0; i < messages.size(); i++) {
            assertThat(messages.get(i)[11]).isEqualTo((byte) (i + 1 < messages.size() ? Wire.MORE : 0));
            assertThat(read.read(Unpooled.wrappedBuffer(messages.get(i)))).isEmpty();
        }
        return read;
    }

    @Test
    void answersAreReadAsTheyWere() {
        List<Session> sessions = Stream.generate(any::session).limit(1000).toList();
        SessionReply page = through(SessionReply.of(sessions, "next"));
        assertThat(page.sessions()).as("seed %d", seed).isEqualTo(sessions);
        assertThat(page.nextToken()).isEqualTo("next");
        List<PoolUse> use = Stream.generate(any::use).limit(300).toList();
        assertThat(through(SessionReply.of(use)).use()).as("seed %d", seed).isEqualTo(use);
        assertThat(through(SessionReply.of(77)).ended()).isEqualTo(77);
        BindingRound.Answer answer = new BindingRound.Answer(
                9,
                Stream.generate(any::binding).limit(1000).toList(),
                List.of(new BindingRound.Busy(any.binding(), 5)));
        assertThat(through(SessionReply.of(answer)).bindings())
                .as("seed %d", seed)
                .isEqualTo(answer);
        assertThat(through(SessionReply.of(List.of(), "")).sessions()).isEmpty();
    }

    @Test
    void whatIsDamagedIsToldOrRead() {
        for (int i = 0; i < RUNS; i++) {
            byte[] set = ShareCodec.write(shares(3, 5));
            damage(set);
            List<Share> read = new ArrayList<>();
            String wrong = ShareCodec.read(set, read);
            assertThat(read.isEmpty()).as("seed %d", seed).isEqualTo(!wrong.isEmpty());
            byte[] cut = Arrays.copyOf(set, random.nextInt(set.length));
            assertThat(ShareCodec.read(cut, new ArrayList<>())).isNotEmpty();
        }
    }

    private void damage(byte[] octets) {
        for (int i = 0; i < 4; i++) {
            octets[4 + random.nextInt(octets.length - 4)] = (byte) random.nextInt();
        }
    }
}
