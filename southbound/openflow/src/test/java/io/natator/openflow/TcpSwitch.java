package io.natator.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** A {@link FakeSwitch} on a real TCP connection, served by a thread of its own until either side closes. */
final class TcpSwitch implements AutoCloseable {
    final FakeSwitch device;
    private final Socket socket;
    private final Thread thread;

    TcpSwitch(FakeSwitch device, int port) throws IOException {
        this.device = device;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.thread = Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
        try {
            send(device.hello());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                byte[] header = in.readNBytes(8);
                if (header.length < 8) {
                    return;
                }
                ByteBuf message = Unpooled.buffer().writeBytes(header);
                message.writeBytes(in.readNBytes(message.getUnsignedShort(2) - 8));
                for (ByteBuf answer : device.receive(message)) {
                    send(answer);
                }
            }
        } catch (IOException e) {
            // the other side went away, which is what some tests want
        }
    }

    void send(ByteBuf message) throws IOException {
        OutputStream out = socket.getOutputStream();
        synchronized (out) {
            out.write(ByteBufUtil.getBytes(message));
            out.flush();
        }
    }

    /** True once the controller has closed the connection. */
    boolean ended() {
        return !thread.isAlive();
    }

    @Override
    public void close() {
        try {
            socket.close();
            thread.join(5000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
