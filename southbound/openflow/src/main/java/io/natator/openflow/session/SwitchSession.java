package io.natator.openflow.session;

import io.natator.model.proof.ProbeCase;
import io.natator.model.rule.Rule;
import io.natator.model.southbound.SwitchEvent;
import io.natator.openflow.Count;
import io.natator.openflow.Counts;
import io.natator.openflow.OpenFlowConfig;
import io.natator.openflow.codec.ErrorMessage;
import io.natator.openflow.codec.Header;
import io.natator.openflow.codec.Hello;
import io.natator.openflow.codec.Messages;
import io.natator.openflow.codec.Wire;
import io.natator.openflow.experimenter.SessionReply;
import io.natator.openflow.experimenter.SessionRequest;
import io.natator.openflow.reconcile.RuleTable;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.onlab.packet.IpAddress;
import org.projectfloodlight.openflow.protocol.OFFeaturesReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, on which our HELLO was sent: HELLO → features → admitted → opening → up. Times are nanoseconds of whatever clock the caller
 * has. A message that cannot be read is counted and answered, and never ends the connection.
 */
public final class SwitchSession {
    private static final Logger LOG = LoggerFactory.getLogger(SwitchSession.class);

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
    private final KeepAlive keepAlive;
    private final long handshakeDeadline;

    private Phase phase = Phase.HELLO;
    private Conversation conversation;
    private Datapath datapath;
    private Opening opening;
    private ReadyDevice device;

    public SwitchSession(
            Link link, SessionHost host, OpenFlowConfig config, Counts counts, Consumer<SwitchEvent> events, long now) {
        this.link = link;
        this.host = host;
        this.config = config;
        this.counts = counts;
        this.events = events;
        this.keepAlive = new KeepAlive(config, now);
        this.handshakeDeadline = now + config.handshake().toNanos();
    }

    /** One whole message came. Its reader index stands at the header. */
    public void onMessage(ByteBuf m, long now) {
        if (phase == Phase.CLOSED) {
            return;
        }
        counts.add(Count.MESSAGES_IN);
        keepAlive.heard(now);
        int type = Header.type(m);
        if (phase == Phase.HELLO) {
            hello(m, type);
            return;
        }
        if (Header.version(m) != conversation.version()) {
            counts.add(Count.MESSAGES_WRONG_VERSION);
            return;
        }
        switch (type) {
            case Wire.ECHO_REQUEST -> {
                ByteBuf b = link.buffer();
                Messages.echoReply(b, conversation.version(), m);
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
                    case UP -> device.onMessage(m, now);
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
        int version = Hello.negotiate(m);
        ByteBuf b = link.buffer();
        if (version == 0) {
            counts.add(Count.CONNECTIONS_VERSION_MISMATCH);
            ErrorMessage.write(b, Wire.VERSION_13, Wire.HELLO_FAILED, Wire.HELLO_INCOMPATIBLE, m);
            link.send(b);
            close("speaks neither OpenFlow 1.3 nor 1.4 (wire version " + Header.version(m) + ")");
            return;
        }
        conversation = new Conversation(link, version, xids, counts, events);
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
                opening = new Opening(conversation, features);
                opening.start();
            }
            case Messages.Reading.Message(OFMessage _) -> counts.add(Count.MESSAGES_UNEXPECTED);
            case Messages.Reading.Undecodable(String reason) -> conversation.undecodable(m, reason);
        }
    }

    private void opening(ByteBuf m, long now) {
        if (!opening.concerns(m)) {
            counts.add(Count.MESSAGES_UNEXPECTED);
            return;
        }
        String problem = opening.onMessage(m);
        if (!problem.isEmpty()) {
            conversation.undecodable(m, problem);
        }
        if (opening.isDone()) {
            phase = Phase.UP;
            device = new ReadyDevice(conversation, datapath, opening.discovery(), config, now);
            device.start(now);
        }
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
            case UP -> device.onError(xid, error, now);
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

    /** The connection takes bytes again. */
    public void onWritable(long now) {
        if (phase == Phase.UP) {
            device.onWritable(now);
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
        if (keepAlive.isSilent(now)) {
            counts.add(Count.CONNECTIONS_SILENT);
            close("silent for " + config.silence().toSeconds() + " s");
            return;
        }
        if (phase != Phase.HELLO && keepAlive.ask(now)) {
            ByteBuf b = link.buffer();
            Messages.echoRequest(b, conversation.version(), xids.take());
            link.send(b);
        }
        if (phase == Phase.UP && !device.tick(now)) {
            close("does not answer barriers");
        }
    }

    /** Takes over what is desired. */
    public void desire(RuleTable table, long now) {
        if (phase == Phase.UP) {
            device.desire(table, now);
        }
    }

    /** Sends a probe through the tables. */
    public void probe(long nonce, ProbeCase probe) {
        ifUp(d -> d.probe(nonce, probe));
    }

    /** Asks for the counters of one owner. */
    public void readCounters(String owner) {
        ifUp(d -> d.readCounters(owner));
    }

    /** Adds rules that go by themselves after a time, or lets them stay for that time from now. */
    public void lease(long id, List<Rule> rules, int seconds) {
        ifUp(d -> d.leases().lease(id, rules, seconds));
    }

    /** Removes rules that go by themselves. */
    public void release(Collection<Long> ids) {
        ifUp(d -> d.leases().release(ids));
    }

    /** Asks for the counters of rules that go by themselves. */
    public void readLeases(long number) {
        ifUp(d -> d.leases().read(number));
    }

    /** Asks for the MAC of an on-link address. */
    public void resolve(IpAddress address) {
        ifUp(d -> d.resolve(address));
    }

    /** Tells the shares as they now are. */
    public void tellShares() {
        if (phase == Phase.UP) {
            device.tellShares();
        }
    }

    /** Asks about sessions; {@code future} fails if the switch is not up, is no software switch, or does not answer. */
    public <T> void ask(
            SessionRequest request, CompletableFuture<T> future, Function<SessionReply, T> meaning, long now) {
        if (phase == Phase.UP) {
            device.ask(request, future, meaning, now);
        } else {
            counts.add(Count.CALLS_NOT_CONNECTED);
            future.completeExceptionally(new IOException("the switch at " + peer() + " is not ready"));
        }
    }

    private void ifUp(Consumer<ReadyDevice> call) {
        if (phase == Phase.UP) {
            call.accept(device);
        } else {
            counts.add(Count.CALLS_NOT_CONNECTED);
        }
    }

    /** The device's configuration changed, or what it translates. */
    public void configured() {
        if (phase == Phase.UP) {
            device.configured();
        }
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
            datapath.memory(device.closed());
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
}
