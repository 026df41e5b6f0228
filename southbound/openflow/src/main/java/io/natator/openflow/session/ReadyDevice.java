package io.natator.openflow.session;

import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.proof.ProbeCase;
import io.natator.model.southbound.SwitchEvent;
import io.natator.openflow.Count;
import io.natator.openflow.OpenFlowConfig;
import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.codec.FlowRemoved;
import io.natator.openflow.codec.Header;
import io.natator.openflow.codec.Messages;
import io.natator.openflow.codec.PacketIn;
import io.natator.openflow.codec.Wire;
import io.natator.openflow.experimenter.SessionReply;
import io.natator.openflow.experimenter.SessionRequest;
import io.natator.openflow.reconcile.Memory;
import io.natator.openflow.reconcile.Reconciler;
import io.natator.openflow.reconcile.RuleTable;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.onlab.packet.IpAddress;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPortStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device that has answered all questions: its rules are kept, its packets answered, its ports watched. */
final class ReadyDevice {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyDevice.class);

    private final Conversation conversation;
    private final Datapath datapath;
    private final Discovery discovery;
    private final PacketPath packets;
    private final CounterReads counters;
    private final SyncLog log;
    private final Reconciler reconciler;
    private final FlowWatch watch;
    private final ShareTelling shares;
    private final SessionQuestions questions;
    private final Leases leases;

    private Capabilities claimed;
    private Capabilities capabilities;
    private boolean portsChanged;

    ReadyDevice(Conversation conversation, Datapath datapath, Discovery discovery, OpenFlowConfig config, long now) {
        this.conversation = conversation;
        this.datapath = datapath;
        this.discovery = discovery;
        claimed = discovery.capabilities();
        capabilities = datapath.lessons(claimed).applyTo(claimed);
        packets = new PacketPath(datapath.id(), conversation, config);
        counters = new CounterReads(conversation, datapath.id());
        log = new SyncLog(datapath::device);
        reconciler = new Reconciler(
                datapath.id(),
                config.reconcile(),
                new ReconcilerOutlet(conversation, () -> capabilities.can(Feature.BUNDLES)),
                this::told,
                this::refused,
                conversation.counts(),
                datapath.memory(),
                now);
        watch = new FlowWatch(conversation, reconciler);
        shares = new ShareTelling(conversation, name());
        questions = new SessionQuestions(conversation, name());
        leases = new Leases(conversation, datapath.id(), new ReconcilerOutlet(conversation, () -> false));
    }

    /** Tells that the device is there, and begins to compare its rules. */
    void start(long now) {
        configured();
        LOG.info(
                "device {} connected from {}: {} {} with OpenFlow 1.{}, {} tables, {} ports, can {}",
                datapath.device().id(),
                conversation.peer(),
                claimed.hardware(),
                claimed.software(),
                claimed.openflow() - 1,
                claimed.tables().size(),
                claimed.ports().size(),
                capabilities.features());
        if (!capabilities.can(Feature.TRANSLATE)) {
            leases.start(); // before rules in whose way they might be
        }
        conversation.tell(new SwitchEvent.Connected(datapath.id(), conversation.peer(), capabilities));
        tellShares(); // before rules that name them
        watch.start(); // before the first dump, so that nothing is missed between the two
        if (datapath.desired() != null) {
            reconciler.desire(datapath.desired(), now);
        }
    }

    private String name() {
        return "device " + datapath.device().id();
    }

    /** The set of shares changed. */
    void tellShares() {
        if (datapath.shares() != null && capabilities.can(Feature.TRANSLATE)) {
            shares.tell(datapath.shares());
        }
    }

    <T> void ask(SessionRequest request, CompletableFuture<T> future, Function<SessionReply, T> meaning, long now) {
        if (capabilities.can(Feature.TRANSLATE)) {
            questions.ask(request, future, meaning, now);
        } else {
            future.completeExceptionally(new IOException(name() + " is no software switch"));
        }
    }

    private void told(SwitchEvent event) {
        log.event(event);
        conversation.tell(event);
    }

    private void refused(Map<EncodedRule, ErrorMessage> refused) {
        Map<Integer, Integer> inTable = new HashMap<>();
        reconciler.memory().rules().keySet().forEach(rule -> inTable.merge(rule.table(), 1, Integer::sum));
        Lessons lessons = datapath.lessons(claimed);
        for (Map.Entry<EncodedRule, ErrorMessage> entry : refused.entrySet()) {
            EncodedRule rule = entry.getKey();
            log.refused(rule, entry.getValue());
            lessons = lessons.with(rule, entry.getValue(), inTable.getOrDefault(rule.table(), 0));
        }
        datapath.learned(lessons);
        changed();
    }

    private void changed() {
        Capabilities now = datapath.lessons(claimed).applyTo(claimed);
        if (!now.equals(capabilities)) {
            capabilities = now;
            configured();
            conversation.tell(new SwitchEvent.Changed(datapath.id(), now));
        }
    }

    void onMessage(ByteBuf m, long now) {
        int xid = Header.xid(m);
        int type = Header.type(m);
        boolean taken = switch (type) {
            case Wire.MULTIPART_REPLY ->
                watch.onMultipart(m, now)
                        || reconciler.onMultipart(xid, m, now)
                        || counters.onMultipart(m, xid)
                        || leases.onMultipart(m, xid)
                        || questions.onMultipart(m, xid);
            case Wire.BARRIER_REPLY -> reconciler.onReply(xid, m, now) || leases.onBarrier(xid);
            case Wire.BUNDLE_CONTROL, Wire.EXPERIMENTER -> reconciler.onReply(xid, m, now);
            case Wire.FLOW_REMOVED -> flowRemoved(m, now);
            case Wire.PACKET_IN -> packetIn(m, now);
            case Wire.PORT_STATUS -> portStatus(m);
            default -> false;
        };
        if (!taken) {
            conversation.count(Count.MESSAGES_UNEXPECTED);
            if (type > Wire.BUNDLE_ADD) {
                conversation.undecodable(m, "unknown type " + type);
            }
        }
    }

    private boolean flowRemoved(ByteBuf m, long now) {
        FlowRemoved removed = FlowRemoved.read(m);
        if (removed == null) {
            conversation.undecodable(m, "flow removed, cut short");
        } else {
            reconciler.onFlowRemoved(removed, now);
        }
        return true;
    }

    private boolean packetIn(ByteBuf m, long now) {
        conversation.count(Count.PACKETS_IN);
        PacketIn in = PacketIn.read(m);
        if (in == null) {
            conversation.undecodable(m, "packet-in, cut short");
        } else {
            packets.onPacketIn(in, now);
        }
        return true;
    }

    private boolean portStatus(ByteBuf m) {
        switch (Messages.read(m)) {
            case Messages.Reading.Message(OFPortStatus status) -> {
                discovery.port(status);
                portsChanged = true; // told with the next tick, so that a port that flaps does not flood anybody
            }
            case Messages.Reading.Message(OFMessage _) -> conversation.count(Count.MESSAGES_UNEXPECTED);
            case Messages.Reading.Undecodable(String reason) -> conversation.undecodable(m, reason);
        }
        return true;
    }

    void onError(int xid, ErrorMessage error, long now) {
        boolean taken = reconciler.onError(xid, error, now)
                || counters.onError(xid)
                || leases.onError(xid, error)
                || watch.onError(xid)
                || shares.onError(xid, error)
                || questions.onError(xid, error);
        if (!taken) {
            conversation.count(Count.ERRORS_UNEXPECTED);
            LOG.debug("device {}: {}", datapath.device().id(), error);
        }
    }

    void onWritable(long now) {
        reconciler.onWritable(now);
    }

    /** Time passed; false if the device is so late that the connection has to be given up. */
    boolean tick(long now) {
        if (portsChanged) {
            portsChanged = false;
            claimed = discovery.capabilities();
            changed();
        }
        packets.tick(now);
        questions.tick(now);
        return reconciler.tick(now);
    }

    /** The connection is gone; returns what we last left on the device. */
    Memory closed() {
        packets.closed();
        questions.closed();
        return reconciler.memory();
    }

    /** The device's configuration changed, or what it translates. */
    void configured() {
        packets.configure(datapath.device(), capabilities, datapath.translations());
    }

    void desire(RuleTable table, long now) {
        reconciler.desire(table, now);
    }

    void probe(long nonce, ProbeCase probe) {
        packets.probe(nonce, probe);
    }

    void resolve(IpAddress address) {
        packets.resolve(address);
    }

    void readCounters(String owner) {
        counters.ask(owner);
    }

    Leases leases() {
        return leases;
    }
}
