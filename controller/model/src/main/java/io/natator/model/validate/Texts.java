package io.natator.model.validate;

import io.natator.model.intent.DevicePort.Gateway;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;

/** From the texts of API messages to values. Nothing here throws on what a user writes. */
public final class Texts {
    private static final Pattern ID = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern DATAPATH_ID = Pattern.compile("(0[xX])?[0-9a-fA-F]{1,16}");
    private static final Pattern DATAPATH_ID_COLONS = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){7}");
    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private Texts() {}

    /** {@code [a-z]([a-z0-9-]{0,61}[a-z0-9])?}, what follows the collection in a name. */
    public static Parsed<String> id(String field, String text) {
        if (ID.matcher(text).matches()) {
            return new Parsed.Ok<>(text);
        }
        return Parsed.bad(
                field,
                quoted(text) + " is not an id: use 1 to 63 of a-z, 0-9 and '-', beginning with a letter and not ending"
                        + " with '-'");
    }

    /** The id in {@code collection/id}. */
    public static Parsed<String> name(String field, String collection, String text) {
        String head = collection + "/";
        if (!text.startsWith(head)) {
            return Parsed.bad(field, quoted(text) + " is not a name: write " + head + "ID");
        }
        return id(field, text.substring(head.length()));
    }

    /** IPv4 dotted decimal or IPv6 (RFC 4291, section 2.2), no zone. */
    public static Parsed<IpAddress> address(String field, String text) {
        return rawAddress(text)
                .<Parsed<IpAddress>>map(Parsed.Ok::new)
                .orElseGet(() -> Parsed.bad(
                        field,
                        quoted(text) + " is not an IP address: write it like 192.168.2.1 or 2001:db8::1, without a"
                                + " prefix length"));
    }

    /** A prefix whose host bits are zero; an address alone is a host (/32 or /128). */
    public static Parsed<IpPrefix> prefix(String field, String text) {
        int slash = text.indexOf('/');
        Optional<IpAddress> address = rawAddress(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return notAPrefix(field, text);
        }
        int width = address.get().isIp4() ? 32 : 128;
        int length = slash < 0 ? width : length(text.substring(slash + 1));
        if (length < 0) {
            return notAPrefix(field, text);
        }
        if (length > width) {
            return Parsed.bad(field, "prefix length " + length + " is more than " + width + ": write /0 to /" + width);
        }
        IpPrefix prefix = IpPrefix.valueOf(address.get(), length);
        if (!prefix.address().equals(address.get())) {
            return Parsed.bad(
                    field,
                    text + " has host bits set: write " + prefix + " for the block or " + address.get() + "/" + width
                            + " for the host");
        }
        return new Parsed.Ok<>(prefix);
    }

    /** A virtual gateway: its own address with the length of the on-link prefix, {@code 192.168.2.1/24}. */
    public static Parsed<Gateway> gateway(String field, String text) {
        int slash = text.indexOf('/');
        Optional<IpAddress> address = slash < 0 ? Optional.empty() : rawAddress(text.substring(0, slash));
        int length = slash < 0 ? -1 : length(text.substring(slash + 1));
        if (address.isEmpty() || length < 0 || length > (address.get().isIp4() ? 32 : 128)) {
            return Parsed.bad(
                    field,
                    quoted(text) + " is not a gateway: write its address and the length of the on-link prefix, like"
                            + " 192.168.2.1/24");
        }
        return new Parsed.Ok<>(new Gateway(address.get(), IpPrefix.valueOf(address.get(), length)));
    }

    /** OpenFlow datapath id: 16 hexadecimal digits as {@code ovs-vsctl} shows it; {@code 0x} and colons are accepted. */
    public static Parsed<Long> datapathId(String field, String text) {
        boolean colons = DATAPATH_ID_COLONS.matcher(text).matches();
        if (!colons && !DATAPATH_ID.matcher(text).matches()) {
            return Parsed.bad(
                    field,
                    quoted(text) + " is not a datapath id: write 16 hexadecimal digits, as `ovs-vsctl get bridge BRIDGE"
                            + " datapath_id` shows it");
        }
        String digits = text.toLowerCase(Locale.ROOT).replace(":", "");
        long id = Long.parseUnsignedLong(digits.startsWith("0x") ? digits.substring(2) : digits, 16);
        if (id == 0) {
            return Parsed.bad(field, "the datapath id is zero: write the one that the device shows");
        }
        return new Parsed.Ok<>(id);
    }

    /** A unicast MAC address, six pairs of hexadecimal digits with colons. */
    public static Parsed<MacAddress> mac(String field, String text) {
        if (!MAC.matcher(text).matches()) {
            return Parsed.bad(field, quoted(text) + " is not a MAC address: write it like 02:00:00:00:00:01");
        }
        MacAddress mac = MacAddress.valueOf(text);
        if (mac.isMulticast() || mac.toLong() == 0) {
            return Parsed.bad(field, text + " is not a unicast MAC address: choose one whose first byte is even");
        }
        return new Parsed.Ok<>(mac);
    }

    private static Parsed<IpPrefix> notAPrefix(String field, String text) {
        return Parsed.bad(
                field, quoted(text) + " is not a prefix: write it like 192.168.2.0/24, 2001:db8::/64 or 192.168.2.7");
    }

    private static Optional<IpAddress> rawAddress(String text) {
        // The patterns keep out what the parser would take for something else: names, zones, octal.
        boolean ipv4 = IPV4.matcher(text).matches();
        if (text.length() > 45 || (!ipv4 && !IPV6.matcher(text).matches())) {
            return Optional.empty();
        }
        try {
            // The JDK turns IPv4-mapped addresses (RFC 4291, section 2.5.5.2) into IPv4; nobody routes them.
            return Optional.of(IpAddress.valueOf(text)).filter(a -> a.isIp4() == ipv4);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Prefix length in decimal; -1 if it is none. */
    private static int length(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    private static String quoted(String text) {
        return '"' + (text.length() <= 80 ? text : text.substring(0, 80) + "…") + '"';
    }
}
