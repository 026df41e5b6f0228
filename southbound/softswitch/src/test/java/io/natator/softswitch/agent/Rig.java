package io.natator.softswitch.agent;

import io.natator.softswitch.agent.codec.RequestDecoder;
import io.natator.softswitch.agent.codec.SwitchReplies.Description;
import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Profile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFVersion;

/** A switch's sessions without sockets, threads or a clock, and controllers that speak by openflowj. */
final class Rig {
    static final OFFactory OF13 = OFFactories.getFactory(OFVersion.OF_13);

    final Queue<Runnable> tasks = new ArrayDeque<>();
    final FakeDatapath datapath;
    final AgentCounts counts = new AgentCounts();
    final SwitchState state;
    private final Handover handover = new Handover(tasks::add);
    private final RequestDecoder decoder;
    long now = 1;

    Rig(Profile profile) {
        datapath = new FakeDatapath(profile);
        decoder = new RequestDecoder(profile);
        state = new SwitchState(
                0x1234,
                new Description("Natator", "software switch", "1", "none", "rig"),
                datapath,
                counts,
                Duration.ofSeconds(5),
                Duration.ofSeconds(15));
    }

    Rig() {
        this(Profile.FULL);
    }

    /** One controller. */
    final class Controller {
        final FakeConnection connection = new FakeConnection();
        final Session session;

        Controller() {
            Requests requests = new Requests(datapath, handover, counts, tasks::add, connection::resume);
            session = new Session(connection, state, requests, decoder, now);
            session.open();
        }

        void send(OFMessage... messages) {
            for (OFMessage message : messages) {
                ByteBuf b = Unpooled.buffer();
                message.writeTo(b);
                send(b);
            }
        }

        void send(ByteBuf message) {
            byte[] b = new byte[1 << 16];
            int length = message.readableBytes();
            message.readBytes(b, 0, length);
            session.onMessage(b, length, now);
        }

        /** Nothing more comes for now; what came since the last call. */
        List<OFMessage> receive() {
            session.onReadComplete();
            run();
            List<OFMessage> messages = new ArrayList<>();
            for (ByteBuf b : connection.take()) {
                try {
                    messages.add(OFFactories.getGenericReader().readFrom(b));
                } catch (OFParseError e) {
                    throw new AssertionError("openflowj cannot read " + b.getUnsignedByte(1), e);
                }
            }
            return messages;
        }

        /** The same as octets. */
        List<ByteBuf> receiveOctets() {
            session.onReadComplete();
            run();
            return connection.take();
        }

        <T extends OFMessage> T only(Class<T> type) {
            List<OFMessage> messages = receive();
            if (messages.size() != 1 || !type.isInstance(messages.getFirst())) {
                throw new AssertionError("not one " + type.getSimpleName() + ": " + messages);
            }
            return type.cast(messages.getFirst());
        }
    }

    /** A controller that has said hello. */
    Controller connect() {
        Controller controller = new Controller();
        controller.send(OF13.buildHello().build());
        var _ = controller.receive();
        return controller;
    }

    void tell(Event event) {
        state.roles().sessions().forEach(session -> session.tell(event));
    }

    void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
