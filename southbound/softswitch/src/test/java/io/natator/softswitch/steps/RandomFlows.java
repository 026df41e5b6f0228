package io.natator.softswitch.steps;

import io.natator.model.intent.Kind;
import io.natator.model.session.Session;
import io.natator.model.session.Share;
import io.natator.softswitch.steps.reference.Flow;
import io.natator.softswitch.steps.reference.Party;
import java.util.List;
import java.util.SplittableRandom;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Packets among few hosts, few remotes, and the outside addresses of all shares. */
final class RandomFlows {
    private static final int[] FLAGS = {
        Packets.SYN,
        Packets.SYN,
        Packets.SYN,
        Packets.SYN | Packets.ACK,
        Packets.ACK,
        Packets.FIN | Packets.ACK,
        Packets.RST
    };

    private final SplittableRandom random;

    RandomFlows(SplittableRandom random) {
        this.random = random;
    }

    /** An inside host of a share; seldom one that is none. */
    Party inside(Share share) {
        if (share.kind() != Kind.STATIC && random.nextInt(20) == 0) {
            return new Party(share.inside().isIp4() ? "10.9.0.1" : "2001:db8:99::1", 1000);
        }
        return new Party(host(share.inside(), random.nextInt(8)), 1000 + random.nextInt(4));
    }

    private static String host(IpPrefix of, int number) {
        byte[] octets = of.address().toOctets();
        int bits = Math.min(3, octets.length * 8 - of.prefixLength());
        octets[octets.length - 1] += (byte) (number & ((1 << bits) - 1));
        return IpAddress.valueOf(of.isIp4() ? IpAddress.Version.INET : IpAddress.Version.INET6, octets)
                .toString();
    }

    /** An outside address of a share, mostly one that leads somewhere. */
    Party outside(Share share, List<Session> live) {
        List<Session> ours = live.stream()
                .filter(s -> s.translation().equals(share.translation()))
                .toList();
        if (!ours.isEmpty() && random.nextInt(4) != 0) {
            Session one = ours.get(random.nextInt(ours.size()));
            return new Party(one.outside().toString(), Math.max(1, one.outsidePort()));
        }
        IpPrefix prefix = share.outside().get(random.nextInt(share.outside().size()));
        int port = random.nextInt(8) == 0 ? 80 + random.nextInt(2) : 1000 + random.nextInt(40);
        return new Party(host(prefix, random.nextInt(8)), port);
    }

    /** Where inside hosts of a share find an IPv4 party. */
    static Party seenBy(Share share, Party party) {
        IpAddress address = IpAddress.valueOf(party.address());
        return share.embedding().isEmpty() || !address.isIp4()
                ? party
                : new Party(
                        share.embedding().get().embed(address.getIp4Address()).toString(), party.port());
    }

    Party remote(boolean ipv4) {
        String net = ipv4 ? "192.0.2." : "2001:db8:ff::";
        return new Party(net + (1 + random.nextInt(3)), 50 + random.nextInt(3));
    }

    Flow flow(Party src, Party dst) {
        boolean ipv4 = src.address().contains(".");
        int protocol = new int[] {1, 6, 6, 6, 17, 17, 17, 47}[random.nextInt(8)];
        if (protocol == 47) {
            return new Flow(47, new Party(src.address(), 0), new Party(dst.address(), 0), 0, 0);
        }
        if (protocol == 1) {
            int id = random.nextBoolean() ? src.port() : dst.port();
            int[] types = ipv4 ? new int[] {0, 0, 8, 8, 13, 14} : new int[] {128, 129};
            int type = types[random.nextInt(types.length)];
            return new Flow(ipv4 ? 1 : 58, new Party(src.address(), id), new Party(dst.address(), id), type, 0);
        }
        int flags = protocol == 6 ? FLAGS[random.nextInt(FLAGS.length)] : 0;
        int mss = (flags & Packets.SYN) != 0 && random.nextInt(3) == 0 ? 1100 + random.nextInt(300) : 0;
        return new Flow(protocol, src, dst, flags, mss);
    }
}
