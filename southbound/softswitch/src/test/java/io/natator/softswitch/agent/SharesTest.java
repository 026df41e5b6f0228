package io.natator.softswitch.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share;
import io.natator.openflow.codec.Wire;
import io.natator.openflow.experimenter.SessionReply;
import io.natator.openflow.experimenter.SessionRequest;
import io.natator.openflow.experimenter.ShareCodec;
import io.natator.openflow.experimenter.ShareParts;
import io.natator.softswitch.flow.Profile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;
import org.projectfloodlight.openflow.protocol.OFBadRequestCode;
import org.projectfloodlight.openflow.protocol.OFBarrierReply;
import org.projectfloodlight.openflow.protocol.OFControllerRole;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFRoleReply;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadRequestErrorMsg;
import org.projectfloodlight.openflow.types.U64;

/** Natator's own messages, as a controller sends them. */
class SharesTest {
    private static Share share(int id, String translation) {
        return new Share(
                id,
                translation,
                Kind.NAPT,
                IpPrefix.valueOf("10.0.0.0/16"),
                List.of(IpPrefix.valueOf("198.51.100.0/28")),
                List.of(),
                false,
                Pool.DEFAULT);
    }

    private static void tell(Rig.Controller c, List<Share> shares) {
        ByteBuf b = Unpooled.buffer();
        ShareParts.write(b, Wire.VERSION_13, 5, ShareCodec.write(shares));
        while (b.isReadable()) {
            c.send(b.readSlice(b.getUnsignedShort(b.readerIndex() + 2)));
        }
    }

    @Test
    void aLargeSetIsThereWhenTheBarrierIsAnswered() {
        Rig rig = new Rig();
        Rig.Controller c = rig.connect();
        List<Share> all = IntStream.rangeClosed(1, 3000)
                .mapToObj(id -> share(id, "t" + id))
                .toList();
        tell(c, all);
        c.send(Rig.OF13.buildBarrierRequest().setXid(9).build());
        assertThat(c.only(OFBarrierReply.class).getXid()).isEqualTo(9);
        assertThat(rig.datapath.shares).isEqualTo(all);
    }

    @Test
    void whatCannotBeUsedIsRefusedInWords() {
        Rig rig = new Rig();
        Rig.Controller c = rig.connect();
        tell(c, List.of(share(1, "good")));
        tell(c, List.of(share(2, "refused")));
        ByteBuf error = c.receiveOctets().getFirst();
        assertThat(error.getUnsignedByte(1)).isEqualTo((short) Wire.ERROR);
        assertThat(error.getInt(4)).isEqualTo(5);
        assertThat(error.getUnsignedShort(8)).isEqualTo(0xFFFF);
        assertThat(error.getInt(12)).isEqualTo(Wire.NATATOR);
        assertThat(error.toString(16, error.readableBytes() - 16, StandardCharsets.UTF_8))
                .isEqualTo("not that one");
        assertThat(rig.datapath.shares).hasSize(1);
    }

    @Test
    void slavesAskButChangeNothing() {
        Rig rig = new Rig();
        Rig.Controller c = rig.connect();
        c.send(Rig.OF13
                .buildRoleRequest()
                .setRole(OFControllerRole.ROLE_SLAVE)
                .setGenerationId(U64.of(1))
                .build());
        c.only(OFRoleReply.class);
        tell(c, List.of(share(1, "x")));
        assertThat(((OFBadRequestErrorMsg) c.only(OFErrorMsg.class)).getCode()).isEqualTo(OFBadRequestCode.IS_SLAVE);
        assertThat(rig.datapath.shares).isEmpty();
        ask(c, new SessionRequest.Clear(SessionQuery.ALL));
        assertThat(((OFBadRequestErrorMsg) c.only(OFErrorMsg.class)).getCode()).isEqualTo(OFBadRequestCode.IS_SLAVE);
        ask(c, new SessionRequest.Page(SessionQuery.ALL, "t", 12));
        SessionReply answer = new SessionReply();
        assertThat(answer.read(c.receiveOctets().getFirst())).isEmpty();
        assertThat(answer.nextToken()).isEqualTo("t12");
    }

    private static void ask(Rig.Controller c, SessionRequest request) {
        ByteBuf b = Unpooled.buffer();
        request.write(b, Wire.VERSION_13, 6);
        c.send(b);
    }

    @Test
    void plainOpenFlowKnowsNoneOfIt() {
        Rig rig = new Rig(Profile.parse("of13-exact"));
        Rig.Controller c = rig.connect();
        tell(c, List.of(share(1, "x")));
        assertThat(((OFBadRequestErrorMsg) c.only(OFErrorMsg.class)).getCode())
                .isEqualTo(OFBadRequestCode.BAD_EXPERIMENTER);
        ask(c, new SessionRequest.Use());
        assertThat(((OFBadRequestErrorMsg) c.only(OFErrorMsg.class)).getCode())
                .isEqualTo(OFBadRequestCode.BAD_EXPERIMENTER);
    }
}
