package io.natator.openflow.session;

import io.natator.model.device.Capabilities;
import io.natator.model.device.ResolvedPort;
import io.natator.model.eval.Origin;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import io.natator.model.proof.ProbeCase;
import io.natator.model.southbound.SwitchEvent;
import io.natator.openflow.Count;
import io.natator.openflow.OpenFlowConfig;
import io.natator.openflow.codec.PacketIn;
import io.natator.openflow.codec.PacketOut;
import io.natator.openflow.codec.Wire;
import io.natator.openflow.l3.Forwarding;
import io.natator.openflow.l3.Frames;
import io.natator.openflow.l3.Probes;
import io.natator.openflow.l3.Resolution;
import io.natator.openflow.l3.SlowPath;
import io.natator.openflow.l3.Unresolved;
import io.natator.openflow.l3.Verdict;
import io.natator.packet.Decoded;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/** Packets to and from one device: limits, probes, and what the slow path decides. */
final class PacketPath {
    private static final int ICMP_ERRORS_PER_SECOND = 100;

    private final long datapathId;
    private final Conversation conversation;
    private final TokenBucket packetIns;
    private final TokenBucket probes;
    private final TokenBucket icmpErrors = new TokenBucket(ICMP_ERRORS_PER_SECOND, ICMP_ERRORS_PER_SECOND);
    private final Unresolved unresolved = new Unresolved();
    private List<ResolvedPort> routerPorts = List.of();
    private Origin origin;

    PacketPath(long datapathId, Conversation conversation, OpenFlowConfig config) {
        this.datapathId = datapathId;
        this.conversation = conversation;
        this.packetIns = new TokenBucket(config.packetInPerSecond(), config.packetInBurst());
        this.probes = new TokenBucket(config.packetInPerSecond(), config.packetInBurst());
    }

    /**
     * Which ports have gateways, and what is translated between them.
     *
     * @param translations that the device carries out
     */
    void configure(Device device, Capabilities capabilities, List<Translation> translations) {
        origin = new Origin(device, capabilities, translations);
        routerPorts = device.mode() == Device.Mode.ROUTED ? ResolvedPort.of(device, capabilities) : List.of();
    }

    /** A packet came up. Probes have a limit of their own: a flood of others must not hide them. */
    void onPacketIn(PacketIn in, long now) {
        boolean probe = Probes.isProbe(in.frame());
        if (!(probe ? probes : packetIns).take(now)) {
            conversation.count(Count.PACKETS_IN_OVER_LIMIT);
        } else if (probe) {
            probeReturned(in);
        } else {
            slowPath(in, now);
        }
    }

    private void probeReturned(PacketIn in) {
        switch (Frames.read(in.frame())) {
            case Decoded.Ok(Frames.Read read)
            when Probes.nonce(read).isPresent() -> {
                conversation.count(Count.PROBES_RETURNED);
                conversation.tell(new SwitchEvent.ProbeReturned(
                        datapathId, Probes.nonce(read).getAsLong(), read.packet(), read.problem()));
            }
            default -> conversation.count(Count.PROBES_MALFORMED);
        }
    }

    private void slowPath(PacketIn in, long now) {
        Verdict verdict = SlowPath.decide(routerPorts, in);
        carryOut(verdict, now);
        verdict.heard().ifPresent(h -> heard(h, now));
        verdict.wanted().ifPresent(host -> wanted(host, in, now));
    }

    private void carryOut(Verdict verdict, long now) {
        boolean error = verdict.answer().map(Verdict.Answer::icmpError).orElse(false);
        if (error && !icmpErrors.take(now)) {
            conversation.count(Count.ICMP_ERRORS_OVER_LIMIT);
        } else {
            conversation.count(verdict.count());
            verdict.answer().ifPresent(this::send);
        }
    }

    private void heard(Verdict.Heard neighbor, long now) {
        conversation.tell(new SwitchEvent.NeighborSeen(datapathId, neighbor.address(), neighbor.mac()));
        for (Unresolved.Waiting waiting : unresolved.answered(neighbor.address(), neighbor.mac(), now)) {
            forward(waiting.frame(), neighbor.address(), neighbor.mac());
        }
    }

    private void wanted(IpAddress host, PacketIn in, long now) {
        Optional<MacAddress> mac = unresolved.recent(host, now);
        if (mac.isPresent()) {
            forward(in.frame(), host, mac.get());
            return;
        }
        conversation.counts().add(Count.PACKETS_HELD_OVER_LIMIT, unresolved.hold(host, in.inPort(), in.frame(), now));
        conversation.tell(new SwitchEvent.NeighborWanted(datapathId, host));
    }

    private void forward(byte[] frame, IpAddress host, MacAddress mac) {
        conversation.count(Count.PACKETS_HELD_FORWARDED);
        Forwarding.toHost(routerPorts, frame, host, mac).ifPresent(this::send);
    }

    /** Time passed: who waited for a host that does not answer is told so. */
    void tick(long now) {
        for (Unresolved.Waiting waiting : unresolved.expired(now)) {
            conversation.count(Count.PACKETS_HELD_IN_VAIN);
            carryOut(SlowPath.unreachable(routerPorts, origin, waiting.inPort(), waiting.frame()), now);
        }
    }

    /** The connection is gone, and with it what waited. */
    void closed() {
        conversation
                .counts()
                .add(
                        Count.PACKETS_HELD_IN_VAIN,
                        unresolved.expired(Long.MAX_VALUE).size());
    }

    /** Sends a probe through the tables. */
    void probe(long nonce, ProbeCase probe) {
        Optional<byte[]> frame = Probes.frame(probe.sent().packet(), nonce);
        conversation.count(frame.isPresent() ? Count.PROBES_SENT : Count.PROBES_MALFORMED);
        frame.ifPresent(f -> send(probe.sent().inPort(), Wire.PORT_TABLE, f));
    }

    /** Asks for the MAC of an on-link address. */
    void resolve(IpAddress address) {
        Optional<Verdict.Answer> question = Resolution.ask(routerPorts, address);
        conversation.count(question.isPresent() ? Count.RESOLUTIONS_SENT : Count.RESOLUTIONS_NO_GATEWAY);
        question.ifPresent(this::send);
    }

    private void send(Verdict.Answer answer) {
        if (conversation.writable()) {
            send(Wire.PORT_CONTROLLER, answer.port(), answer.frame());
        } else {
            conversation.count(Count.PACKETS_OUT_NOT_WRITABLE);
        }
    }

    private void send(int inPort, int outPort, byte[] frame) {
        ByteBuf b = conversation.buffer();
        PacketOut.write(b, conversation.version(), conversation.xids().take(), inPort, outPort, frame);
        conversation.send(b);
    }
}
