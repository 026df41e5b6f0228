package io.natator.bgp.ribout;

import io.natator.bgp.codec.Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a neighbour makes of what it is sent, read by other code than that which wrote it; path identifiers included,
 * which our decoder does not read.
 */
final class Receiver {

    private final boolean addPath;
    /** By path identifier, blank, prefix in hexadecimal digits: next hop, blank, other attributes. */
    private final Map<String, String> routes = new TreeMap<>();

    private final List<String> seen = new ArrayList<>();

    Receiver(boolean addPath) {
        this.addPath = addPath;
    }

    Map<String, String> routes() {
        return routes;
    }

    /** Kinds of messages in order: announce, withdraw, end, refresh. */
    List<String> seen() {
        return seen;
    }

    void drain(RibOut out) {
        take(out, Integer.MAX_VALUE);
    }

    /** At most so many messages. */
    void take(RibOut out, int most) {
        for (int i = 0; i < most; i++) {
            Optional<byte[]> message = out.next();
            if (message.isEmpty()) {
                return;
            }
            read(message.get());
        }
    }

    void read(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message, Header.LENGTH, message.length - Header.LENGTH);
        if (message[Header.LENGTH - 1] != 2) {
            seen.add("refresh " + message[Header.LENGTH + 2]);
            return;
        }
        ByteBuffer withdrawn = field(in);
        ByteBuffer attributes = field(in);
        boolean empty = !withdrawn.hasRemaining() && !attributes.hasRemaining() && !in.hasRemaining();
        prefixes(withdrawn, 1, Optional.empty());
        StringBuilder rest = new StringBuilder();
        String nextHop = "";
        ByteBuffer reach = null;
        while (attributes.hasRemaining()) {
            int flags = attributes.get();
            int type = attributes.get() & 0xff;
            int length = (flags & 0x10) != 0 ? attributes.getShort() & 0xffff : attributes.get() & 0xff;
            ByteBuffer value = attributes.slice(attributes.position(), length);
            attributes.position(attributes.position() + length);
            switch (type) {
                case 3 -> nextHop = hex(value);
                case 14 -> reach = value;
                case 15 -> {
                    int afi = value.getShort();
                    value.get();
                    empty = !value.hasRemaining();
                    prefixes(value, afi, Optional.empty());
                }
                default -> rest.append(type).append('=').append(hex(value)).append(' ');
            }
        }
        if (reach != null) {
            int afi = reach.getShort();
            reach.get();
            int length = reach.get();
            ByteBuffer hop = reach.slice(reach.position(), length);
            reach.position(reach.position() + length + 1);
            prefixes(reach, afi, Optional.of(hex(hop) + " " + rest));
        }
        prefixes(in, 1, Optional.of(nextHop + " " + rest));
        if (empty) {
            seen.add("end");
        }
    }

    private static ByteBuffer field(ByteBuffer in) {
        int length = in.getShort() & 0xffff;
        ByteBuffer field = in.slice(in.position(), length);
        in.position(in.position() + length);
        return field;
    }

    private void prefixes(ByteBuffer in, int afi, Optional<String> attributes) {
        if (in.hasRemaining()) {
            seen.add(attributes.isPresent() ? "announce" : "withdraw");
        }
        while (in.hasRemaining()) {
            int path = addPath ? in.getInt() : 0;
            int length = in.get() & 0xff;
            byte[] octets = new byte[(length + 7) / 8];
            in.get(octets);
            String key = afi + " " + path + " " + length + "/" + hex(ByteBuffer.wrap(octets));
            if (attributes.isPresent()) {
                routes.put(key, attributes.get());
            } else {
                routes.remove(key);
            }
        }
    }

    private static String hex(ByteBuffer value) {
        byte[] octets = new byte[value.remaining()];
        value.duplicate().get(octets);
        return HexFormat.of().formatHex(octets);
    }
}
