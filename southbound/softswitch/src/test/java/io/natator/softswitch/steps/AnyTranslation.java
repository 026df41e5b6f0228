package io.natator.softswitch.steps;

import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool.Filtering;
import io.natator.model.intent.Pool.OtherProtocols;
import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import io.natator.softswitch.count.Counts;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;
import io.natator.softswitch.frame.Parser;
import io.natator.softswitch.frame.Place;
import io.natator.softswitch.session.Limits;
import io.natator.softswitch.session.SessionLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.onlab.packet.IpPrefix;

/** Translates whatever it is given, by shares of all kinds, that hold all addresses. */
public final class AnyTranslation implements AutoCloseable {
    private static final int SHARES = 8;
    private static final int SIIT = 7;

    private final Translator translator;
    private long now = 1_000_000_000L;

    public AnyTranslation() {
        translator = new Translator(new Limits(256, 128, 64, 16, 1 << 18, 100), new Counts(), SessionLog.NONE, 3);
        if (translator.shares(shares(), now).isPresent()) {
            throw new IllegalStateException("refused");
        }
    }

    private static List<Share> shares() {
        List<Share> all = new ArrayList<>();
        for (int id = 1; id <= SHARES; id++) {
            Pools pools = id == 1 ? Pools.napt() : id == 2 ? Pools.dynamic() : Pools.fixed("0.0.0.0/0", "0.0.0.0/0");
            pools.id = id;
            pools.inside = id >= 5 ? "::/0" : "0.0.0.0/0";
            pools.affine = id == 4 || id == 6;
            pools.pool.mss(1000);
            pools.pool.filtering(Filtering.ENDPOINT_INDEPENDENT);
            pools.pool.otherProtocols(OtherProtocols.ADDRESS_ONLY);
            pools.outside = List.of(id == 1 ? "10.0.0.0/17" : id == 2 ? "10.1.0.0/24" : pools.inside);
            if (id >= SIIT) {
                pools.kind = id == SIIT ? Kind.SIIT : Kind.NAT64;
                pools.embedding = new Embedding(IpPrefix.valueOf("::/32"), 1280);
                pools.outside = List.of(id == SIIT ? "0.0.0.0/0" : "10.2.0.0/24");
            }
            all.add(pools.share());
        }
        return all;
    }

    /** Translates a frame both ways by all shares. */
    public void translate(Frame frame, Headers headers, long[] key) {
        for (int id = 1; id <= SHARES; id++) {
            for (Direction direction : Direction.values()) {
                translator.touch(translator.hint(frame, headers, key, id, direction));
                translator.translate(frame, headers, key, id, direction, now);
                now += 50_000_000;
                translator.housekeeping(now, 64);
            }
        }
        Frame waited = new Frame();
        while (translator.released(waited)) {
            Parser.parse(waited, headers, key);
            translator.translate(waited, headers, key, 1, Direction.TO_OUTSIDE, now);
        }
        Parser.parse(frame, headers, key);
    }

    /** Translates frames that octets stand for; nothing outside is touched, and headers and key stay right. */
    public static void into(byte[] octets) {
        try (AnyTranslation any = new AnyTranslation()) {
            int half = octets.length == 0 ? 0 : Math.min(octets.length, octets[0] & 0xFF);
            for (byte[] part :
                    List.of(octets, Arrays.copyOf(octets, half), Arrays.copyOfRange(octets, half, octets.length))) {
                for (int id = 1; id <= SHARES; id++) {
                    for (Direction direction : Direction.values()) {
                        try (Place place = new Place(part)) {
                            any.translator.translate(place.frame, place.headers, place.key, id, direction, any.now);
                            place.check();
                        }
                    }
                }
            }
        }
    }

    /** ICMP errors of both families about packets of all kinds. */
    public static List<byte[]> errors() {
        List<byte[]> all = new ArrayList<>();
        for (String[] pair : new String[][] {
            {"10.0.0.1", "10.0.1.1"},
            {"2001:db8::1", "2001:db8::2"},
            {"2001:db8::1", "0:0:c000:201::"},
            {"0:0:c000:201::", "2001:db8::1"},
            {"192.0.2.1", "10.2.0.1"}
        }) {
            boolean ipv4 = pair[0].contains(".");
            for (byte[] about : List.of(
                    Packets.udp(pair[0], 5, pair[1], 7, 9),
                    Packets.tcp(pair[0], 5, pair[1], 7, Packets.SYN, 2, 4, 5, 6),
                    Packets.icmp(pair[0], pair[1], ipv4 ? 8 : 128, 5),
                    Packets.ip(pair[0], pair[1], ipv4 ? 47 : 43, new byte[16]),
                    Packets.ip(pair[0], pair[1], ipv4 ? 4 : 51, new byte[40]))) {
                all.add(Packets.error(pair[1], pair[0], ipv4 ? 3 : 1, 4, about));
            }
        }
        return all;
    }

    @Override
    public void close() {
        translator.close();
    }
}
