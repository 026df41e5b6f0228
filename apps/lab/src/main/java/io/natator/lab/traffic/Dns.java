package io.natator.lab.traffic;

import io.natator.lab.LabException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** Asks a name server by UDP (RFC 1035, section 4), from a socket of the caller's. */
public final class Dns {
    private static final int PORT = 53;
    private static final int A = 1;
    private static final int TXT = 16;
    private static final int OPT = 41;
    private static final int IN = 1;
    private static final int HEADER = 12;
    /** What answers may be as large as (RFC 6891, section 6.2.3): more than a packet. */
    private static final int LARGEST = 4096;

    private Dns() {}

    /** The first IPv4 address of a name. */
    public static InetAddress address(DatagramSocket from, String server, String name) throws IOException {
        return InetAddress.getByAddress(ask(from, server, name, A));
    }

    /** Octets of the first text of a name. */
    public static int text(DatagramSocket from, String server, String name) throws IOException {
        return ask(from, server, name, TXT).length;
    }

    private static byte[] ask(DatagramSocket from, String server, String name, int type) throws IOException {
        int id = ThreadLocalRandom.current().nextInt(1 << 16);
        byte[] query = query(id, name, type);
        DatagramPacket in = Exchange.ask(from, server, PORT, query);
        return answer(ByteBuffer.wrap(in.getData(), 0, in.getLength()), id, query, name);
    }

    private static byte[] query(int id, String name, int type) {
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        for (String label : name.split("\\.", -1)) {
            labels.write(label.length());
            labels.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        ByteBuffer query = ByteBuffer.allocate(HEADER + labels.size() + 5 + 11);
        query.putShort((short) id).putShort((short) 0);
        query.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) 1);
        query.put(labels.toByteArray()).put((byte) 0).putShort((short) type).putShort((short) IN);
        query.put((byte) 0).putShort((short) OPT).putShort((short) LARGEST);
        return query.array();
    }

    /** The data of the first answer. The name server has our question in front, and points to its name. */
    private static byte[] answer(ByteBuffer in, int id, byte[] query, String name) {
        int question = query.length - 11;
        boolean ours = in.remaining() > question + HEADER
                && (in.getShort(0) & 0xFFFF) == id
                && in.slice(HEADER, question - HEADER).equals(ByteBuffer.wrap(query, HEADER, question - HEADER));
        int flags = ours ? in.getShort(2) & 0xFFFF : 0;
        if (!ours || (flags & 0x8000) == 0 || (flags & 0x020F) != 0 || in.getShort(6) < 1) {
            throw new LabException(
                    "no answer for " + name + ": " + (ours ? "flags %04x".formatted(flags) : "not ours"));
        }
        byte[] data = new byte[in.getShort(question + 10) & 0xFFFF];
        in.get(question + 12, data);
        return data;
    }
}
