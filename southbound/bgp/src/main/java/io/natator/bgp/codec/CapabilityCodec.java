package io.natator.bgp.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Capabilities in and out of an OPEN's optional parameters (RFC 5492, section 4). */
final class CapabilityCodec {
    private static final int MULTI_PROTOCOL = 1;
    private static final int ROUTE_REFRESH = 2;
    private static final int GRACEFUL_RESTART = 64;
    private static final int FOUR_OCTET_AS = 65;

    private static final int FAMILY_LENGTH = 4;
    private static final int RESTARTING = 0x8000;
    private static final int RESTART_TIME = 0x0fff;
    private static final int FORWARDING = 0x80;

    private CapabilityCodec() {}

    /** Writes one optional parameter that holds one capability. */
    static void parameter(ByteBuffer out, int type, Capability capability) {
        out.put((byte) type);
        int lengthAt = out.position();
        out.put((byte) 0);
        write(out, capability);
        out.put(lengthAt, (byte) (out.position() - lengthAt - 1));
    }

    private static void write(ByteBuffer out, Capability capability) {
        switch (capability) {
            case Capability.MultiProtocol(Family family) -> {
                out.put((byte) MULTI_PROTOCOL).put((byte) FAMILY_LENGTH);
                out.putShort((short) family.afi()).put((byte) 0).put((byte) family.safi());
            }
            case Capability.RefreshRoutes() -> out.put((byte) ROUTE_REFRESH).put((byte) 0);
            case Capability.FourOctetAs(long as) ->
                out.put((byte) FOUR_OCTET_AS).put((byte) 4).putInt((int) as);
            case Capability.GracefulRestart(boolean restarting, int seconds, List<Capability.Preserved> families) -> {
                out.put((byte) GRACEFUL_RESTART).put((byte) (2 + FAMILY_LENGTH * families.size()));
                out.putShort((short) ((seconds & RESTART_TIME) | (restarting ? RESTARTING : 0)));
                for (Capability.Preserved preserved : families) {
                    out.putShort((short) preserved.family().afi());
                    out.put((byte) preserved.family().safi());
                    out.put((byte) (preserved.forwarding() ? FORWARDING : 0));
                }
            }
            case Capability.Other(int code) -> out.put((byte) code).put((byte) 0);
        }
    }

    /** Reads the capabilities of one parameter; false if one is malformed. */
    static boolean read(ByteBuffer in, List<Capability> into) {
        while (in.hasRemaining()) {
            if (in.remaining() < 2) {
                return false;
            }
            int code = in.get() & 0xff;
            int length = in.get() & 0xff;
            if (length > in.remaining()) {
                return false;
            }
            Optional<Capability> capability = one(code, in.slice(in.position(), length));
            if (capability.isEmpty()) {
                return false;
            }
            into.add(capability.get());
            in.position(in.position() + length);
        }
        return true;
    }

    private static Optional<Capability> one(int code, ByteBuffer value) {
        int length = value.remaining();
        return switch (code) {
            case MULTI_PROTOCOL -> length == FAMILY_LENGTH ? Optional.of(multiProtocol(value)) : Optional.empty();
            case ROUTE_REFRESH -> length == 0 ? Optional.of(new Capability.RefreshRoutes()) : Optional.empty();
            case FOUR_OCTET_AS ->
                length == 4 ? Optional.of(new Capability.FourOctetAs(value.getInt() & 0xffffffffL)) : Optional.empty();
            case GRACEFUL_RESTART ->
                length >= 2 && (length - 2) % FAMILY_LENGTH == 0
                        ? Optional.of(gracefulRestart(value))
                        : Optional.empty();
            default -> Optional.of(new Capability.Other(code));
        };
    }

    private static Capability multiProtocol(ByteBuffer value) {
        Optional<Family> family = Family.of(value.getShort() & 0xffff, value.getShort() & 0xff);
        return family.<Capability>map(Capability.MultiProtocol::new).orElse(new Capability.Other(MULTI_PROTOCOL));
    }

    private static Capability gracefulRestart(ByteBuffer value) {
        int head = value.getShort() & 0xffff;
        List<Capability.Preserved> families = new ArrayList<>();
        while (value.hasRemaining()) {
            Optional<Family> family = Family.of(value.getShort() & 0xffff, value.get() & 0xff);
            boolean forwarding = (value.get() & FORWARDING) != 0;
            family.ifPresent(known -> families.add(new Capability.Preserved(known, forwarding)));
        }
        return new Capability.GracefulRestart((head & RESTARTING) != 0, head & RESTART_TIME, families);
    }
}
