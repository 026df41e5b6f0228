package io.natator.bgp.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Reads one UPDATE (RFC 4271, section 4.3) with the error handling of RFC 7606: the lenient way out wherever it has one. */
final class UpdateDecoder {
    private static final int MIN_ATTRIBUTE = 3;
    private static final int EMPTY_UPDATE = 4;
    private static final int MP_REACH_HEAD = 5;
    private static final int MP_UNREACH_HEAD = 3;

    private final ByteBuffer body;
    private final UpdateContext context;
    private final AttributeDecoder values;
    private final BitSet seen = new BitSet(256);
    private final List<IpPrefix> withdrawn = new ArrayList<>();
    private final List<IpPrefix> announced = new ArrayList<>();
    private Optional<Family> emptyUnreach = Optional.empty();
    private String treatAsWithdraw = "";
    private int discarded;

    UpdateDecoder(ByteBuffer body, UpdateContext context) {
        this.body = body;
        this.context = context;
        this.values = new AttributeDecoder(context);
    }

    Decoded decode() {
        if (body.remaining() == EMPTY_UPDATE && body.getInt(0) == 0) {
            return new Decoded.Ok(
                    new Update(List.of(), List.of(), Optional.empty(), Optional.of(Family.IPV4_UNICAST), "", 0));
        }
        Optional<ByteBuffer> withdrawnField = field();
        Optional<ByteBuffer> attributesField = withdrawnField.isEmpty() ? Optional.empty() : field();
        if (withdrawnField.isEmpty() || attributesField.isEmpty()) {
            return Decoded.malformed(
                    ErrorCode.MALFORMED_ATTRIBUTE_LIST, "the lengths of withdrawn routes and attributes do not fit");
        }
        if (!Nlri.read(withdrawnField.get(), Family.IPV4_UNICAST, withdrawn)) {
            return Decoded.malformed(ErrorCode.INVALID_NETWORK_FIELD, "a withdrawn route is malformed");
        }
        Optional<Decoded> wrong = attributes(attributesField.get());
        if (wrong.isPresent()) {
            return wrong.get();
        }
        boolean classic = body.hasRemaining();
        if (!Nlri.read(body, Family.IPV4_UNICAST, announced)) {
            return Decoded.malformed(ErrorCode.INVALID_NETWORK_FIELD, "an announced prefix is malformed");
        }
        return new Decoded.Ok(result(classic));
    }

    private Update result(boolean classic) {
        if (!announced.isEmpty() && treatAsWithdraw.isEmpty()) {
            treatAsWithdraw = missing(classic);
        }
        if (announced.isEmpty()) {
            Optional<Family> endOfRib =
                    withdrawn.isEmpty() && seen.cardinality() == 1 ? emptyUnreach : Optional.empty();
            return new Update(withdrawn, List.of(), Optional.empty(), endOfRib, "", discarded);
        }
        if (!treatAsWithdraw.isEmpty()) {
            withdrawn.addAll(announced);
            return new Update(withdrawn, List.of(), Optional.empty(), Optional.empty(), treatAsWithdraw, discarded);
        }
        return new Update(withdrawn, announced, Optional.of(values.attributes()), Optional.empty(), "", discarded);
    }

    private String missing(boolean classic) {
        if (!seen.get(AttributeType.ORIGIN)) {
            return "ORIGIN is missing";
        }
        if (!seen.get(AttributeType.AS_PATH)) {
            return "AS_PATH is missing";
        }
        return classic && !seen.get(AttributeType.NEXT_HOP) ? "NEXT_HOP is missing" : "";
    }

    /** A field of two octets of length and so many of content. */
    private Optional<ByteBuffer> field() {
        if (body.remaining() < 2) {
            return Optional.empty();
        }
        int length = body.getShort() & 0xffff;
        if (length > body.remaining()) {
            return Optional.empty();
        }
        ByteBuffer field = body.slice(body.position(), length);
        body.position(body.position() + length);
        return Optional.of(field);
    }

    private Optional<Decoded> attributes(ByteBuffer in) {
        while (in.hasRemaining()) {
            int start = in.position();
            if (in.remaining() < MIN_ATTRIBUTE) {
                treatAsWithdraw("an attribute is cut short");
                return Optional.empty();
            }
            int flags = in.get() & 0xff;
            int type = in.get() & 0xff;
            boolean extended = (flags & AttributeType.EXTENDED_LENGTH) != 0;
            if (extended && in.remaining() < 2) {
                treatAsWithdraw("an attribute is cut short");
                return Optional.empty();
            }
            int length = extended ? in.getShort() & 0xffff : in.get() & 0xff;
            if (length > in.remaining()) {
                treatAsWithdraw("attribute " + type + " of " + length + " octets is cut short");
                return Optional.empty();
            }
            ByteBuffer value = in.slice(in.position(), length);
            in.position(in.position() + length);
            Optional<Decoded> wrong = attribute(flags, type, value, in, start);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<Decoded> attribute(int flags, int type, ByteBuffer value, ByteBuffer all, int start) {
        boolean reach = type == AttributeType.MP_REACH_NLRI || type == AttributeType.MP_UNREACH_NLRI;
        if (seen.get(type)) {
            if (reach) {
                return malformed(ErrorCode.MALFORMED_ATTRIBUTE_LIST, "attribute " + type + " twice");
            }
            discarded++; // RFC 7606, section 3, g: the first one counts.
            return Optional.empty();
        }
        seen.set(type);
        int expected = AttributeType.flags(type);
        if (expected < 0) {
            return (flags & AttributeType.OPTIONAL) == 0 ? unrecognized(type, all, start) : Optional.empty();
        }
        if ((flags & (AttributeType.OPTIONAL | AttributeType.TRANSITIVE)) != expected) {
            treatAsWithdraw("flags of attribute " + type);
        }
        if (type == AttributeType.MP_REACH_NLRI) {
            return reach(value);
        }
        if (type == AttributeType.MP_UNREACH_NLRI) {
            return unreach(value);
        }
        switch (values.read(type, value)) {
            case GOOD -> {}
            case DISCARD -> discarded++;
            case TREAT_AS_WITHDRAW -> treatAsWithdraw("attribute " + type + " is malformed");
        }
        return Optional.empty();
    }

    private Optional<Decoded> reach(ByteBuffer value) {
        if (value.remaining() < MP_REACH_HEAD) {
            return malformed(ErrorCode.OPTIONAL_ATTRIBUTE, "MP_REACH_NLRI is cut short");
        }
        Optional<Family> family = Family.of(value.getShort() & 0xffff, value.get() & 0xff);
        if (family.isEmpty()) {
            return Optional.empty();
        }
        int length = value.get() & 0xff;
        Optional<IpAddress.Version> version = nextHopVersion(family.get(), length);
        if (version.isEmpty() || value.remaining() < length + 1) {
            return malformed(ErrorCode.OPTIONAL_ATTRIBUTE, "MP_REACH_NLRI with a next hop of " + length + " octets");
        }
        byte[] nextHop = new byte[IpAddress.byteLength(version.get())];
        value.get(nextHop);
        values.nextHop(IpAddress.valueOf(version.get(), nextHop));
        value.position(value.position() + length - nextHop.length + 1);
        if (!Nlri.read(value, family.get(), announced)) {
            return malformed(ErrorCode.INVALID_NETWORK_FIELD, "a prefix in MP_REACH_NLRI is malformed");
        }
        return Optional.empty();
    }

    /** A link-local one may follow an IPv6 next hop (RFC 2545, section 3), also that of IPv4 routes (RFC 8950, section 4). */
    private Optional<IpAddress.Version> nextHopVersion(Family family, int length) {
        if (length == family.addressLength()) {
            return Optional.of(family.version());
        }
        boolean ipv6 = length == IpAddress.INET6_BYTE_LENGTH || length == 2 * IpAddress.INET6_BYTE_LENGTH;
        boolean expected = family == Family.IPV6_UNICAST || context.extendedNextHop();
        return ipv6 && expected ? Optional.of(IpAddress.Version.INET6) : Optional.empty();
    }

    private Optional<Decoded> unreach(ByteBuffer value) {
        if (value.remaining() < MP_UNREACH_HEAD) {
            return malformed(ErrorCode.OPTIONAL_ATTRIBUTE, "MP_UNREACH_NLRI is cut short");
        }
        Optional<Family> family = Family.of(value.getShort() & 0xffff, value.get() & 0xff);
        if (family.isEmpty()) {
            return Optional.empty();
        }
        if (!value.hasRemaining()) {
            emptyUnreach = family;
        }
        if (!Nlri.read(value, family.get(), withdrawn)) {
            return malformed(ErrorCode.INVALID_NETWORK_FIELD, "a prefix in MP_UNREACH_NLRI is malformed");
        }
        return Optional.empty();
    }

    /** The data field of the NOTIFICATION is the attribute itself (RFC 4271, section 6.3). */
    private static Optional<Decoded> unrecognized(int type, ByteBuffer all, int start) {
        byte[] attribute = new byte[all.position() - start];
        all.get(start, attribute);
        return Optional.of(Decoded.malformed(
                ErrorCode.UNRECOGNIZED_WELL_KNOWN, "attribute " + type + " claims to be well-known", attribute));
    }

    private void treatAsWithdraw(String why) {
        if (treatAsWithdraw.isEmpty()) {
            treatAsWithdraw = why;
        }
    }

    private static Optional<Decoded> malformed(ErrorCode error, String reason) {
        return Optional.of(Decoded.malformed(error, reason));
    }
}
