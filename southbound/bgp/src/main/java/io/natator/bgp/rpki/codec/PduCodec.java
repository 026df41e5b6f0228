package io.natator.bgp.rpki.codec;

import io.natator.model.rpki.Vrp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** RFC 8210, section 5, and RFC 6810 for version 0. */
public final class PduCodec {
    /** Newest version that we speak. */
    public static final int NEWEST = 1;
    /** Longest PDU that is taken; only Router Key and Error Report are of any length. */
    public static final int MOST_OCTETS = 1 << 16;

    private static final int HEADER = 8;
    private static final int MOST_TEXT = 256;
    private static final int MOST_QUOTED = 64;

    private static final int SERIAL_NOTIFY = 0;
    private static final int SERIAL_QUERY = 1;
    private static final int RESET_QUERY = 2;
    private static final int CACHE_RESPONSE = 3;
    private static final int IPV4_PREFIX = 4;
    private static final int IPV6_PREFIX = 6;
    private static final int END_OF_DATA = 7;
    private static final int CACHE_RESET = 8;
    private static final int ROUTER_KEY = 9;
    private static final int ERROR_REPORT = 10;

    private PduCodec() {}

    /** Reads the PDU that {@code in} begins with; moves nothing. */
    public static RtrDecoded decode(ByteBuffer in) {
        if (in.remaining() < HEADER) {
            return new RtrDecoded.More();
        }
        int at = in.position();
        int version = in.get(at) & 0xff;
        int type = in.get(at + 1) & 0xff;
        int middle = in.getShort(at + 2) & 0xffff;
        long length = in.getInt(at + 4) & 0xffffffffL;
        if (length < HEADER || length > MOST_OCTETS) {
            return bad(ErrorCode.CORRUPT_DATA, "a PDU of " + length + " octets", type, in);
        }
        if (in.remaining() < length) {
            return new RtrDecoded.More();
        }
        if (version > NEWEST && type != ERROR_REPORT) {
            return bad(ErrorCode.UNSUPPORTED_VERSION, "version " + version, type, in);
        }
        ByteBuffer body = in.slice(at + HEADER, (int) length - HEADER);
        if (known(version, type) && !lengthFits(version, type, (int) length)) {
            return bad(ErrorCode.CORRUPT_DATA, "PDU type " + type + " of " + length + " octets", type, in);
        }
        return body(version, type, middle, body)
                .<RtrDecoded>map(pdu -> new RtrDecoded.Ok(pdu, (int) length))
                .orElseGet(() -> known(version, type)
                        ? bad(ErrorCode.CORRUPT_DATA, "PDU type " + type + " with impossible content", type, in)
                        : bad(ErrorCode.UNSUPPORTED_PDU_TYPE, "PDU type " + type, type, in));
    }

    private static boolean known(int version, int type) {
        return switch (type) {
            case SERIAL_NOTIFY,
                    SERIAL_QUERY,
                    RESET_QUERY,
                    CACHE_RESPONSE,
                    IPV4_PREFIX,
                    IPV6_PREFIX,
                    END_OF_DATA,
                    CACHE_RESET,
                    ERROR_REPORT -> true;
            case ROUTER_KEY -> version > 0;
            default -> false;
        };
    }

    private static boolean lengthFits(int version, int type, int length) {
        return switch (type) {
            case SERIAL_NOTIFY, SERIAL_QUERY -> length == 12;
            case RESET_QUERY, CACHE_RESPONSE, CACHE_RESET -> length == HEADER;
            case IPV4_PREFIX -> length == 20;
            case IPV6_PREFIX -> length == 32;
            case END_OF_DATA -> length == (version == 0 ? 12 : 24);
            case ROUTER_KEY -> length >= 32;
            default -> length >= 16; // Error Report
        };
    }

    private static Optional<Pdu> body(int version, int type, int middle, ByteBuffer body) {
        return switch (type) {
            case SERIAL_NOTIFY -> Optional.of(new Pdu.SerialNotify(version, middle, body.getInt()));
            case SERIAL_QUERY -> Optional.of(new Pdu.SerialQuery(version, middle, body.getInt()));
            case RESET_QUERY -> Optional.of(new Pdu.ResetQuery(version));
            case CACHE_RESPONSE -> Optional.of(new Pdu.CacheResponse(version, middle));
            case IPV4_PREFIX, IPV6_PREFIX -> prefix(version, type == IPV4_PREFIX ? 4 : 16, body);
            case END_OF_DATA -> Optional.of(endOfData(version, middle, body));
            case CACHE_RESET -> Optional.of(new Pdu.CacheReset(version));
            case ROUTER_KEY -> version > 0 ? Optional.of(new Pdu.RouterKey(version)) : Optional.empty();
            case ERROR_REPORT -> errorReport(version, middle, body);
            default -> Optional.empty();
        };
    }

    private static Optional<Pdu> prefix(int version, int octets, ByteBuffer body) {
        boolean announced = (body.get() & 1) != 0;
        int length = body.get() & 0xff;
        int maxLength = body.get() & 0xff;
        body.get();
        byte[] address = new byte[octets];
        body.get(address);
        long origin = body.getInt() & 0xffffffffL;
        if (length > maxLength || maxLength > octets * 8) {
            return Optional.empty();
        }
        IpAddress.Version family = octets == 4 ? IpAddress.Version.INET : IpAddress.Version.INET6;
        IpPrefix prefix = IpPrefix.valueOf(IpAddress.valueOf(family, address), length);
        return Optional.of(new Pdu.Prefix(version, announced, new Vrp(prefix, maxLength, origin)));
    }

    private static Pdu endOfData(int version, int session, ByteBuffer body) {
        int serial = body.getInt();
        return version == 0
                ? new Pdu.EndOfData(
                        version, session, serial, Pdu.EndOfData.REFRESH, Pdu.EndOfData.RETRY, Pdu.EndOfData.EXPIRE)
                : new Pdu.EndOfData(version, session, serial, seconds(body), seconds(body), seconds(body));
    }

    private static long seconds(ByteBuffer body) {
        return body.getInt() & 0xffffffffL;
    }

    private static Optional<Pdu> errorReport(int version, int code, ByteBuffer body) {
        long quoted = body.getInt() & 0xffffffffL;
        if (quoted > body.remaining() - 4) {
            return Optional.empty();
        }
        body.position(body.position() + (int) quoted);
        long textLength = body.getInt() & 0xffffffffL;
        if (textLength > body.remaining()) {
            return Optional.empty();
        }
        byte[] text = new byte[(int) Math.min(textLength, MOST_TEXT)];
        body.get(text);
        String printable = new String(text, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
        return Optional.of(new Pdu.ErrorReport(version, code, printable.strip()));
    }

    private static RtrDecoded bad(int code, String reason, int type, ByteBuffer in) {
        byte[] octets = new byte[Math.min(in.remaining(), MOST_QUOTED)];
        in.get(in.position(), octets);
        return new RtrDecoded.Bad(code, reason, type != ERROR_REPORT, octets);
    }

    public static byte[] resetQuery(int version) {
        return header(version, RESET_QUERY, 0, HEADER);
    }

    public static byte[] serialQuery(int version, int session, int serial) {
        byte[] octets = header(version, SERIAL_QUERY, session, 12);
        ByteBuffer.wrap(octets).putInt(HEADER, serial);
        return octets;
    }

    /** @param quoted the PDU at fault */
    public static byte[] errorReport(int version, int code, byte[] quoted, String text) {
        byte[] words = text.getBytes(StandardCharsets.UTF_8);
        byte[] octets = header(version, ERROR_REPORT, code, HEADER + 4 + quoted.length + 4 + words.length);
        ByteBuffer.wrap(octets)
                .position(HEADER)
                .putInt(quoted.length)
                .put(quoted)
                .putInt(words.length)
                .put(words);
        return octets;
    }

    private static byte[] header(int version, int type, int middle, int length) {
        byte[] octets = new byte[length];
        ByteBuffer.wrap(octets)
                .put((byte) version)
                .put((byte) type)
                .putShort((short) middle)
                .putInt(length);
        return octets;
    }
}
