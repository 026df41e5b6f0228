package io.natator.openflow;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.natator.model.device.ResolvedPort;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Gateway;
import io.natator.model.rule.Cookie;
import io.natator.openflow.codec.Framing;
import io.natator.openflow.codec.PacketIn;
import io.natator.openflow.codec.Wire;
import io.natator.openflow.experimenter.SessionReply;
import io.natator.openflow.experimenter.SessionRequest;
import io.natator.openflow.experimenter.ShareCodec;
import io.natator.openflow.experimenter.ShareParts;
import io.natator.openflow.l3.SlowPath;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;

/** Any bytes from a switch, before it said hello and after it is up: framing and every decoder, and never an exception. */
class OpenFlowFuzz {
    private static final List<ResolvedPort> PORTS = List.of(new ResolvedPort(
            1,
            new DevicePort(
                    "1",
                    DevicePort.Side.INSIDE,
                    Optional.empty(),
                    List.of(
                            new Gateway(IpAddress.valueOf("192.168.2.1"), IpPrefix.valueOf("192.168.2.0/24")),
                            new Gateway(IpAddress.valueOf("2001:db8::1"), IpPrefix.valueOf("2001:db8::/64"))),
                    Optional.empty()),
            Optional.empty(),
            MacAddress.valueOf("02:00:00:00:00:01")));

    @FuzzTest(maxDuration = "20s")
    void survives(byte[] octets) {
        Simulation fresh = new Simulation(1);
        fresh.connectSilently();
        feed(fresh, Unpooled.wrappedBuffer(octets));
        Simulation up = new Simulation(1);
        up.connect();
        up.desire(1, TestRules.transparent());
        feed(up, Unpooled.wrappedBuffer(octets));
        SlowPath.decide(PORTS, new PacketIn(1, 0, Cookie.of("x", 1), 1, octets, octets.length));
        ShareCodec.read(octets, new ArrayList<>());
        new ShareParts().take(octets, octets.length);
        new SessionReply().read(Unpooled.wrappedBuffer(octets));
        if (SessionRequest.is(octets, octets.length)) {
            SessionRequest.read(octets, octets.length);
        }
        if (octets.length > 0) { // the same as the body of a well-framed message, so that decoders get their share
            up.fromSwitch(FakeSwitch.message(
                    octets[0] & 31, 5, Unpooled.wrappedBuffer(octets, 1, Math.min(octets.length - 1, 65_000))));
            up.fromSwitch(FakeSwitch.message(
                    Wire.MULTIPART_REPLY, 5, Unpooled.wrappedBuffer(octets, 0, Math.min(octets.length, 65_000))));
        }
    }

    private static void feed(Simulation sim, ByteBuf bytes) {
        int length = Framing.next(bytes);
        while (length > 0) {
            sim.fromSwitch(bytes.readSlice(length));
            length = Framing.next(bytes);
        }
    }
}
