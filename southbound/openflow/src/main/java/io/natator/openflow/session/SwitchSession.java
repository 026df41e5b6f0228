package io.natator.openflow.session;

import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.proof.ProbeCase;
import io.natator.model.rule.Cookie;
import io.natator.model.southbound.SwitchEvent;
import io.natator.openflow.Count;
import io.natator.openflow.Counts;
import io.natator.openflow.OpenFlowConfig;
import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.codec.FlowRemoved;
import io.natator.openflow.codec.Header;
import io.natator.openflow.codec.Hello;
import io.natator.openflow.codec.Messages;
import io.natator.openflow.codec.Multipart;
import io.natator.openflow.codec.PacketIn;
import io.natator.openflow.codec.Wire;
import io.natator.openflow.reconcile.Outlet;
import io.natator.openflow.reconcile.Reconciler;
import io.natator.openflow.reconcile.RuleTable;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.onlab.packet.IpAddress;
import org.projectfloodlight.openflow.protocol.OFFeaturesReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPortReason;
import org.projectfloodlight.openflow.protocol.OFPortStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: HELLO → features → admitted → opening → up. Times are nanoseconds of whatever clock the caller
 * has. A message that cannot be read is counted and answered, and never ends the connection.
 */
public final class SwitchSession {
    private static final Logger LOG = LoggerFactory.getLogger(SwitchSession.class);
    private static final int MAX_COUNTER_READS = 65_536;
    private static final int REFUSALS_LOGGED = 5;

    private enum Phase {
        HELLO,
        FEATURES,
        OPENING,
        UP,
        CLOSED
    }

    private final Link link;
    private final SessionHost host;
    private final OpenFlowConfig config;
    private final Counts counts;
    private final Consumer<SwitchEvent> events;
    private final Xids xids = new Xids();
    private final Map<Integer, String> counterReads = new HashMap<>();
    private final long handshakeDeadline;

    private Phase phase = Phase.HELLO;
    private int version;
    private long heard;
    private long asked;
    private Datapath datapath;
    private Opening opening;
    private Capabilities claimed;
    private Capabilities capabilities;
    private Reconciler reconciler;
    private PacketPath packets;
    private boolean portsChanged;
    private int refusalsLogged;
    private boolean undecodableLogged;

    public SwitchSession(
            Link link, SessionHost host, OpenFlowConfig config, Counts counts, Consumer<SwitchEvent> events, long now) {
        this.link = link;
        this.host = host;
        this.config = config;
        this.counts = counts;
        this.events = events;
        this.heard = now;
        this.asked = now;
        this.handshakeDeadline = now + config.handshake().toNanos();
    }

    /** The connection stands: says hello. */
    public void open() {
        ByteBuf b = link.buffer();
        Hello.write(b, xids.take());
        link.send(b);
    }

    /** One whole message came. Its reader index stands at the header. */
    public void onMessage(ByteBuf m, long now) {
        if (phase == Phase.CLOSED) {
            return;
        }
        counts.add(Count.MESSAGES_IN);
        heard = now;
        int type = Header.type(m);
        if (phase == Phase.HELLO) {
            hello(m, type);
            return;
        }
        if (Header.version(m) != version) {
            counts.add(Count.MESSAGES_WRONG_VERSION);
            return;
        }
        switch (type) {
            case Wire.ECHO_REQUEST -> {
                ByteBuf b = link.buffer();
                Messages.echoReply(b, version, m);
                link.send(b);
            }
            case Wire.ROLE_STATUS -> {
                if (m.readableBytes() >= Header.SIZE + 4
                        && m.getInt(m.readerIndex() + Header.SIZE) == Wire.ROLE_SLAVE) {
                    overtaken();
                }
            }
            case Wire.HELLO, Wire.ECHO_REPLY, Wire.GET_CONFIG_REPLY -> {
                // that it came is all there is to know
            }
            case Wire.ERROR -> error(m, now);
            default -> {
                switch (phase) {
                    case FEATURES -> features(m);
                    case OPENING -> opening(m, now);
                    case UP -> up(m, type, now);
                    case HELLO, CLOSED -> throw new IllegalStateException(phase.name());
                }
            }
        }
    }

    private void hello(ByteBuf m, int type) {
        if (type != Wire.HELLO) {
            counts.add(Count.MESSAGES_UNEXPECTED);
            close("first message is of type " + type + " instead of HELLO");
            return;
        }
        version = Hello.negotiate(m);
        ByteBuf b = link.buffer();
        if (version == 0) {
            counts.add(Count.CONNECTIONS_VERSION_MISMATCH);
            ErrorMessage.write(b, Wire.VERSION_13, Wire.HELLO_FAILED, Wire.HELLO_INCOMPATIBLE, m);
            link.send(b);
            close("speaks neither OpenFlow 1.3 nor 1.4 (wire version " + Header.version(m) + ")");
            return;
        }
        phase = Phase.FEATURES;
        Messages.featuresRequest(b, version, xids.take());
        link.send(b);
    }

    private void features(ByteBuf m) {
        switch (Messages.read(m)) {
            case Messages.Reading.Message(OFFeaturesReply features) -> {
                Optional<Datapath> admitted =
                        host.admit(features.getDatapathId().getLong(), this);
                if (admitted.isEmpty()) {
                    close("datapath is not one of ours");
                    return;
                }
                datapath = admitted.get();
                phase = Phase.OPENING;
                opening = new Opening(version, features, link, xids);
                opening.start();
            }
            case Messages.Reading.Message(OFMessage _) -> counts.add(Count.MESSAGES_UNEXPECTED);
            case Messages.Reading.Undecodable(String reason) -> undecodable(m, reason);
        }
    }

    private void opening(ByteBuf m, long now) {
        if (!opening.concerns(Header.xid(m))) {
            counts.add(Count.MESSAGES_UNEXPECTED);
            return;
        }
        String problem = opening.onMessage(m);
        if (!problem.isEmpty()) {
            undecodable(m, problem);
        }
        opening.result().ifPresent(found -> ready(found, now));
    }

    private void ready(Capabilities found, long now) {
        phase = Phase.UP;
        claimed = found;
        capabilities = datapath.lessons(found).applyTo(found);
        packets = new PacketPath(datapath.id(), version, link, xids, config, counts, events);
        configured();
        LOG.info(
                "device {} connected from {}: {} {} with OpenFlow 1.{}, {} tables, {} ports, can {}",
                datapath.device().id(),
                link.peer(),
                found.hardware(),
                found.software(),
                found.openflow() - 1,
                found.tables().size(),
                found.ports().size(),
                capabilities.features());
        events.accept(new SwitchEvent.Connected(datapath.id(), link.peer(), capabilities));
        reconciler = new Reconciler(
                datapath.id(),
                config.reconcile(),
                new SessionOutlet(),
                this::told,
                this::refused,
                counts,
                datapath.memory(),
                now);
        if (datapath.desired() != null) {
            reconciler.desire(datapath.desired(), now);
        }
    }

    private void told(SwitchEvent event) {
        switch (event) {
            case SwitchEvent.SyncFailed f ->
                LOG.warn(
                        "device {}: rules of generation {} not in sync: {}",
                        datapath.device().id(),
                        f.generation(),
                        f.reason());
            case SwitchEvent.RulesLost l ->
                LOG.warn(
                        "device {}: {} rules vanished or were altered, restoring",
                        datapath.device().id(),
                        l.count());
            case SwitchEvent.Synced s ->
                LOG.info(
                        "device {}: rules of generation {} in sync: {} added, {} kept, {} removed, {} restored, {} refused",
                        datapath.device().id(),
                        s.generation(),
                        s.added(),
                        s.kept(),
                        s.removed(),
                        s.restored(),
                        s.failures().size());
            default -> {
                // nothing to log
            }
        }
        events.accept(event);
    }

    private void refused(Map<EncodedRule, ErrorMessage> refused) {
        Map<Integer, Integer> inTable = new HashMap<>();
        reconciler.memory().rules().keySet().forEach(rule -> inTable.merge(rule.table(), 1, Integer::sum));
        Lessons lessons = datapath.lessons(claimed);
        for (Map.Entry<EncodedRule, ErrorMessage> entry : refused.entrySet()) {
            EncodedRule rule = entry.getKey();
            if (refusalsLogged < REFUSALS_LOGGED) {
                refusalsLogged++;
                LOG.warn(
                        "device {} refused {}: {}{}",
                        datapath.device().id(),
                        rule,
                        entry.getValue(),
                        refusalsLogged == REFUSALS_LOGGED ? " (further ones are only counted)" : "");
            }
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
            events.accept(new SwitchEvent.Changed(datapath.id(), now));
        }
    }

    private void up(ByteBuf m, int type, long now) {
        int xid = Header.xid(m);
        boolean taken = switch (type) {
            case Wire.MULTIPART_REPLY -> reconciler.onMultipart(xid, m, now) || counters(m, xid);
            case Wire.BARRIER_REPLY, Wire.BUNDLE_CONTROL, Wire.EXPERIMENTER -> reconciler.onReply(xid, m, now);
            case Wire.FLOW_REMOVED -> flowRemoved(m, now);
            case Wire.PACKET_IN -> packetIn(m, now);
            case Wire.PORT_STATUS -> portStatus(m);
            default -> false;
        };
        if (!taken) {
            counts.add(Count.MESSAGES_UNEXPECTED);
            if (type > Wire.BUNDLE_ADD) {
                undecodable(m, "unknown type " + type);
            }
        }
    }

    private boolean flowRemoved(ByteBuf m, long now) {
        FlowRemoved removed = FlowRemoved.read(m);
        if (removed == null) {
            undecodable(m, "flow removed, cut short");
        } else {
            reconciler.onFlowRemoved(removed, now);
        }
        return true;
    }

    private boolean packetIn(ByteBuf m, long now) {
        counts.add(Count.PACKETS_IN);
        PacketIn in = PacketIn.read(m);
        if (in == null) {
            undecodable(m, "packet-in, cut short");
        } else {
            packets.onPacketIn(in, now);
        }
        return true;
    }

    /** The device's configuration changed. */
    public void configured() {
        if (phase == Phase.UP) {
            packets.configure(datapath.device(), capabilities);
        }
    }

    /** Asks for the MAC of an on-link address. */
    public void resolve(IpAddress address) {
        if (phase == Phase.UP) {
            packets.resolve(address);
        } else {
            counts.add(Count.CALLS_NOT_CONNECTED);
        }
    }

    private boolean portStatus(ByteBuf m) {
        switch (Messages.read(m)) {
            case Messages.Reading.Message(OFPortStatus status) -> {
                if (status.getReason() == OFPortReason.DELETE) {
                    opening.discovery().portGone(status.getDesc().getPortNo().getPortNumber());
                } else {
                    opening.discovery().port(status.getDesc());
                }
                portsChanged = true; // told with the next tick, so that a port that flaps does not flood anybody
            }
            case Messages.Reading.Message(OFMessage _) -> counts.add(Count.MESSAGES_UNEXPECTED);
            case Messages.Reading.Undecodable(String reason) -> undecodable(m, reason);
        }
        return true;
    }

    private boolean counters(ByteBuf m, int xid) {
        String owner = counterReads.remove(xid);
        if (owner == null) {
            return false;
        }
        Multipart.Aggregate a = Multipart.readAggregate(m);
        if (a == null) {
            undecodable(m, "aggregate, cut short");
        } else {
            events.accept(new SwitchEvent.Counters(datapath.id(), owner, a.packets(), a.bytes(), a.flows()));
        }
        return true;
    }

    private void error(ByteBuf m, long now) {
        ErrorMessage error = ErrorMessage.read(m);
        if (error.type() == Wire.BAD_REQUEST && error.code() == Wire.IS_SLAVE) {
            overtaken();
            return;
        }
        int xid = Header.xid(m);
        switch (phase) {
            case OPENING -> {
                String problem = opening.concerns(xid) ? opening.onError(xid, error) : "";
                if (!problem.isEmpty()) {
                    close(problem);
                }
            }
            case UP -> {
                if (!reconciler.onError(xid, error, now) && counterReads.remove(xid) == null) {
                    counts.add(Count.ERRORS_UNEXPECTED);
                    LOG.debug("device {}: {}", datapath.device().id(), error);
                }
            }
            case HELLO, FEATURES, CLOSED -> {
                counts.add(Count.ERRORS_UNEXPECTED);
                close("refused before it was known: " + error);
            }
        }
    }

    /** Only a master's flow-mods are obeyed. The next connection claims mastership again. */
    private void overtaken() {
        counts.add(Count.CONNECTIONS_OVERTAKEN);
        close("another controller has become its master");
    }

    private void undecodable(ByteBuf m, String reason) {
        counts.add(Count.MESSAGES_UNDECODABLE);
        if (!undecodableLogged) {
            undecodableLogged = true;
            LOG.warn(
                    "{}: message of type {} cannot be read ({}); further ones are only counted",
                    link.peer(),
                    Header.type(m),
                    reason);
        }
        if (isRequest(Header.type(m))) {
            ByteBuf b = link.buffer();
            ErrorMessage.write(b, version, Wire.BAD_REQUEST, Wire.BAD_TYPE, m);
            link.send(b);
        }
    }

    private static boolean isRequest(int type) {
        return type == Wire.FEATURES_REQUEST
                || type == Wire.MULTIPART_REQUEST
                || type == Wire.BARRIER_REQUEST
                || type > Wire.BUNDLE_ADD;
    }

    /** The connection takes bytes again. */
    public void onWritable(long now) {
        if (phase == Phase.UP) {
            reconciler.onWritable(now);
        }
    }

    /** Time passed. To be called several times a second. */
    public void tick(long now) {
        if (phase == Phase.CLOSED) {
            return;
        }
        if (phase != Phase.UP && now >= handshakeDeadline) {
            counts.add(Count.CONNECTIONS_HANDSHAKE_TIMEOUT);
            close("not ready within " + config.handshake().toSeconds() + " s (" + phase + ")");
            return;
        }
        if (now - heard >= config.silence().toNanos()) {
            counts.add(Count.CONNECTIONS_SILENT);
            close("silent for " + config.silence().toSeconds() + " s");
            return;
        }
        if (phase != Phase.HELLO
                && now - Math.max(heard, asked) >= config.echoInterval().toNanos()) {
            asked = now;
            ByteBuf b = link.buffer();
            Messages.echoRequest(b, version, xids.take());
            link.send(b);
        }
        if (portsChanged) {
            portsChanged = false;
            claimed = opening.discovery().capabilities();
            changed();
        }
        if (phase == Phase.UP && !reconciler.tick(now)) {
            close("does not answer barriers");
        }
    }

    /** Takes over what is desired. */
    public void desire(RuleTable table, long now) {
        if (phase == Phase.UP) {
            reconciler.desire(table, now);
        }
    }

    /** Sends a probe through the tables. */
    public void probe(long nonce, ProbeCase probe) {
        if (phase == Phase.UP) {
            packets.probe(nonce, probe);
        } else {
            counts.add(Count.CALLS_NOT_CONNECTED);
        }
    }

    /** Asks for the counters of one owner. */
    public void readCounters(String owner) {
        if (phase != Phase.UP || counterReads.size() >= MAX_COUNTER_READS) {
            counts.add(Count.CALLS_NOT_CONNECTED);
            return;
        }
        int xid = xids.take();
        counterReads.put(xid, owner);
        ByteBuf b = link.buffer();
        Multipart.aggregateRequest(b, version, xid, Wire.TABLE_ALL, Cookie.ofOwner(owner), Cookie.OWNER_MASK);
        link.send(b);
    }

    /** Ends the connection. */
    public void close(String reason) {
        if (phase != Phase.CLOSED) {
            closed(reason);
            link.close();
        }
    }

    /** The connection is gone. */
    public void closed(String reason) {
        if (phase == Phase.CLOSED) {
            return;
        }
        boolean wasUp = phase == Phase.UP;
        phase = Phase.CLOSED;
        if (datapath != null && datapath.session() == this) {
            datapath.session(null);
        }
        if (wasUp) {
            datapath.memory(reconciler.memory());
            LOG.warn("device {} disconnected: {}", datapath.device().id(), reason);
            events.accept(new SwitchEvent.Disconnected(datapath.id(), reason));
        } else {
            LOG.info("connection from {} ended: {}", link.peer(), reason);
        }
    }

    /** Address and port of the other end. */
    public String peer() {
        return link.peer();
    }

    private final class SessionOutlet implements Outlet {
        @Override
        public int version() {
            return version;
        }

        @Override
        public boolean bundles() {
            return capabilities.can(Feature.BUNDLES);
        }

        @Override
        public int xids(int n) {
            return xids.take(n);
        }

        @Override
        public ByteBuf buffer() {
            return link.buffer();
        }

        @Override
        public void send(ByteBuf messages) {
            link.send(messages);
        }

        @Override
        public boolean writable() {
            return link.writable();
        }
    }
}
