package io.natator.bgp.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Capabilities in and out of an OPEN's optional parameters (RFC 5492, section 4). */
final class CapabilityCodec {
    private static final int MULTI_PROTOCOL = 1;
    private static final int ROUTE_REFRESH = 2;
    private static final int EXTENDED_NEXT_HOP = 5;
    private static final int EXTENDED_MESSAGES = 6;
    private static final int GRACEFUL_RESTART = 64;
    private static final int FOUR_OCTET_AS = 65;
    private static final int ADD_PATH = 69;
    private static final int ENHANCED_REFRESH = 70;
    private static final int LONG_LIVED_RESTART = 71;

    private static final int FAMILY_LENGTH = 4;
    private static final int NEXT_HOP_LENGTH = 6;
    private static final int STALE_LENGTH = 7;
    private static final int RESTARTING = 0x8000;
    private static final int NOTIFICATION = 0x4000;
    private static final int RESTART_TIME = 0x0fff;
    private static final int FORWARDING = 0x80;
    private static final int RECEIVE = 1;
    private static final int SEND = 2;

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
            case Capability.GracefulRestart restart -> gracefulRestart(out, restart);
            case Capability.LongLivedRestart(List<Capability.Stale> families) -> {
                out.put((byte) LONG_LIVED_RESTART).put((byte) (STALE_LENGTH * families.size()));
                families.forEach(stale -> {
                    family(out, stale.family(), stale.forwarding() ? FORWARDING : 0);
                    out.put((byte) (stale.seconds() >> 16)).putShort((short) stale.seconds());
                });
            }
            case Capability.AddPath(List<Capability.Paths> families) -> {
                out.put((byte) ADD_PATH).put((byte) (FAMILY_LENGTH * families.size()));
                families.forEach(paths ->
                        family(out, paths.family(), (paths.receive() ? RECEIVE : 0) | (paths.send() ? SEND : 0)));
            }
            case Capability.ExtendedNextHop() -> {
                out.put((byte) EXTENDED_NEXT_HOP).put((byte) NEXT_HOP_LENGTH);
                out.putShort((short) Family.IPV4_UNICAST.afi()).putShort((short) Family.IPV4_UNICAST.safi());
                out.putShort((short) Family.IPV6_UNICAST.afi());
            }
            case Capability.ExtendedMessages() ->
                out.put((byte) EXTENDED_MESSAGES).put((byte) 0);
            case Capability.EnhancedRefresh() ->
                out.put((byte) ENHANCED_REFRESH).put((byte) 0);
            case Capability.Other(int code) -> out.put((byte) code).put((byte) 0);
        }
    }

    private static void gracefulRestart(ByteBuffer out, Capability.GracefulRestart restart) {
        out.put((byte) GRACEFUL_RESTART)
                .put((byte) (2 + FAMILY_LENGTH * restart.families().size()));
        int flags = (restart.restarting() ? RESTARTING : 0) | (restart.notification() ? NOTIFICATION : 0);
        out.putShort((short) ((restart.seconds() & RESTART_TIME) | flags));
        restart.families()
                .forEach(preserved -> family(out, preserved.family(), preserved.forwarding() ? FORWARDING : 0));
    }

    private static void family(ByteBuffer out, Family family, int flags) {
        out.putShort((short) family.afi()).put((byte) family.safi()).put((byte) flags);
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
            case ROUTE_REFRESH -> bare(length, new Capability.RefreshRoutes());
            case EXTENDED_MESSAGES -> bare(length, new Capability.ExtendedMessages());
            case ENHANCED_REFRESH -> bare(length, new Capability.EnhancedRefresh());
            case EXTENDED_NEXT_HOP ->
                length % NEXT_HOP_LENGTH == 0 ? Optional.of(extendedNextHop(value)) : Optional.empty();
            case ADD_PATH -> length % FAMILY_LENGTH == 0 ? Optional.of(addPath(value)) : Optional.empty();
            case LONG_LIVED_RESTART ->
                length % STALE_LENGTH == 0 ? Optional.of(longLivedRestart(value)) : Optional.empty();
            case FOUR_OCTET_AS ->
                length == 4 ? Optional.of(new Capability.FourOctetAs(value.getInt() & 0xffffffffL)) : Optional.empty();
            case GRACEFUL_RESTART ->
                length >= 2 && (length - 2) % FAMILY_LENGTH == 0
                        ? Optional.of(gracefulRestart(value))
                        : Optional.empty();
            default -> Optional.of(new Capability.Other(code));
        };
    }

    private static Optional<Capability> bare(int length, Capability capability) {
        return length == 0 ? Optional.of(capability) : Optional.empty();
    }

    private static Capability extendedNextHop(ByteBuffer value) {
        boolean ours = false;
        while (value.hasRemaining()) {
            Optional<Family> family = Family.of(value.getShort() & 0xffff, value.getShort() & 0xffff);
            int nextHop = value.getShort() & 0xffff;
            ours |= family.equals(Optional.of(Family.IPV4_UNICAST)) && nextHop == Family.IPV6_UNICAST.afi();
        }
        return ours ? new Capability.ExtendedNextHop() : new Capability.Other(EXTENDED_NEXT_HOP);
    }

    /** Directions other than 1 to 3 are ignored with their family (RFC 7911, section 4). */
    private static Capability addPath(ByteBuffer value) {
        List<Capability.Paths> families = new ArrayList<>();
        while (value.hasRemaining()) {
            Optional<Family> family = Family.of(value.getShort() & 0xffff, value.get() & 0xff);
            int direction = value.get() & 0xff;
            if (family.isPresent() && direction >= RECEIVE && direction <= (RECEIVE | SEND)) {
                families.add(new Capability.Paths(family.get(), (direction & RECEIVE) != 0, (direction & SEND) != 0));
            }
        }
        return new Capability.AddPath(families);
    }

    private static Capability longLivedRestart(ByteBuffer value) {
        List<Capability.Stale> families = new ArrayList<>();
        while (value.hasRemaining()) {
            Optional<Family> family = Family.of(value.getShort() & 0xffff, value.get() & 0xff);
            boolean forwarding = (value.get() & FORWARDING) != 0;
            int seconds = ((value.get() & 0xff) << 16) | (value.getShort() & 0xffff);
            family.ifPresent(known -> families.add(new Capability.Stale(known, forwarding, seconds)));
        }
        return new Capability.LongLivedRestart(families);
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
        return new Capability.GracefulRestart(
                (head & RESTARTING) != 0, (head & NOTIFICATION) != 0, head & RESTART_TIME, families);
    }
}
