package io.natator.bgp.bmp.codec;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Whole messages of BMP version 3 (RFC 7854, section 4). Times are microseconds since 1970. */
public final class BmpMessages {
    /** Why monitoring of a session ends (section 4.9). */
    public static final int LOCAL_NOTIFICATION = 1;

    public static final int LOCAL_NO_NOTIFICATION = 2;
    public static final int REMOTE_NOTIFICATION = 3;
    public static final int REMOTE_NO_NOTIFICATION = 4;

    private static final int VERSION = 3;
    private static final int HEADER = 6;
    private static final int ROUTE_MONITORING = 0;
    private static final int STATISTICS_REPORT = 1;
    private static final int PEER_DOWN = 2;
    private static final int PEER_UP = 3;
    private static final int INITIATION = 4;
    private static final int TERMINATION = 5;

    private static final int TLV_HEAD = 4;
    private static final int SYSTEM_DESCRIPTION = 1;
    private static final int SYSTEM_NAME = 2;
    private static final int TERMINATION_REASON = 1;
    private static final int ADMINISTRATIVELY_CLOSED = 0;

    // RFC 7854, section 4.8, and RFC 8671, section 6.2: gauges of 64 bits.
    private static final int ROUTES_IN = 7;
    private static final int ROUTES_OUT = 15;
    private static final int GAUGE = TLV_HEAD + 8;

    private BmpMessages() {}

    public static byte[] initiation(String systemName, String description) {
        byte[] name = systemName.getBytes(StandardCharsets.UTF_8);
        byte[] words = description.getBytes(StandardCharsets.UTF_8);
        byte[] message = start(INITIATION, 2 * TLV_HEAD + name.length + words.length);
        ByteBuffer out = ByteBuffer.wrap(message).position(HEADER);
        tlv(out, SYSTEM_DESCRIPTION, words);
        tlv(out, SYSTEM_NAME, name);
        return message;
    }

    /** That monitoring was turned off. */
    public static byte[] termination() {
        byte[] message = start(TERMINATION, TLV_HEAD + 2);
        tlv(ByteBuffer.wrap(message).position(HEADER), TERMINATION_REASON, new byte[] {0, ADMINISTRATIVELY_CLOSED});
        return message;
    }

    /** The OPENs are whole messages, as they were on the wire. */
    public static byte[] peerUp(
            PeerHeader peer,
            long micros,
            InetAddress local,
            int localPort,
            int remotePort,
            byte[] sentOpen,
            byte[] receivedOpen) {
        byte[] message = start(PEER_UP, PeerHeader.LENGTH + 20 + sentOpen.length + receivedOpen.length);
        ByteBuffer out = body(message, peer, false, micros);
        PeerHeader.writeAddress(out, local);
        out.putShort((short) localPort).putShort((short) remotePort);
        out.put(sentOpen).put(receivedOpen);
        return message;
    }

    /** @param data the NOTIFICATION, a whole message, where there was one; else the number of the FSM's event, or nothing */
    public static byte[] peerDown(PeerHeader peer, long micros, int reason, byte[] data) {
        byte[] message = start(PEER_DOWN, PeerHeader.LENGTH + 1 + data.length);
        body(message, peer, false, micros).put((byte) reason).put(data);
        return message;
    }

    /**
     * @param out we told it; else we were told
     * @param update a whole UPDATE
     */
    public static byte[] routeMonitoring(PeerHeader peer, boolean out, long micros, byte[] update) {
        byte[] message = start(ROUTE_MONITORING, PeerHeader.LENGTH + update.length);
        body(message, peer, out, micros).put(update);
        return message;
    }

    /** @param routesOut those that we told and did not withdraw */
    public static byte[] statistics(PeerHeader peer, long micros, long routesIn, long routesOut) {
        byte[] message = start(STATISTICS_REPORT, PeerHeader.LENGTH + 4 + 2 * GAUGE);
        ByteBuffer out = body(message, peer, false, micros).putInt(2);
        out.putShort((short) ROUTES_IN).putShort((short) 8).putLong(routesIn);
        out.putShort((short) ROUTES_OUT).putShort((short) 8).putLong(routesOut);
        return message;
    }

    private static byte[] start(int type, int body) {
        byte[] message = new byte[HEADER + body];
        ByteBuffer.wrap(message).put((byte) VERSION).putInt(message.length).put((byte) type);
        return message;
    }

    private static ByteBuffer body(byte[] message, PeerHeader peer, boolean out, long micros) {
        ByteBuffer to = ByteBuffer.wrap(message).position(HEADER);
        peer.write(to, out, micros);
        return to;
    }

    private static void tlv(ByteBuffer out, int type, byte[] value) {
        out.putShort((short) type).putShort((short) value.length).put(value);
    }
}
