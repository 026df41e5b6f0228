package io.natator.lab.bench;

import io.natator.lab.net.Namespace;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Match;
import io.natator.model.rule.Rule;
import io.natator.model.session.Share;
import io.natator.model.session.Share.Direction;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;

/**
 * A way from the source through one switch under test to the sink: {@code gN} – {@code iN}, {@code oN} – {@code kN}, the hosts
 * 10.N.1.2 and 10.N.2.2, their routers 10.N.1.1 and 10.N.2.1. The sink sees the source as 10.N.2.1.
 */
final class Road implements AutoCloseable {
    /** Measured datagrams go to this port; the sink counts and drops them. */
    static final int COUNTED = 5000;

    private static final int ETHERNET = 14;

    private final int number;
    private final Namespace source;
    private final Namespace middle;
    private final Namespace sink;
    private SinkCounter counter;

    private Road(int number, Namespace source, Namespace middle, Namespace sink) {
        this.number = number;
        this.source = source;
        this.middle = middle;
        this.sink = sink;
    }

    /** @param number 1 to 9, not used before between these hosts */
    static Road build(int number, Namespace source, Namespace middle, Namespace sink) {
        Road road = new Road(number, source, middle, sink);
        road.wire(source, road.sourceDevice(), 1, road.inside(), 2);
        road.wire(sink, road.sinkDevice(), 4, road.outside(), 3);
        source.address(road.sourceDevice(), road.address(1, 2) + "/24");
        sink.address(road.sinkDevice(), road.address(2, 2) + "/24");
        source.route(road.address(2, 0) + "/24", road.address(1, 1));
        road.neighbour(source, road.sourceDevice(), road.address(1, 1), 2);
        road.neighbour(sink, road.sinkDevice(), road.address(2, 1), 3);
        // What an XDP program sends is taken only by a device with NAPI.
        middle.run("ethtool", "-K", road.inside(), "gro", "on");
        road.counter = SinkCounter.at(sink, road.sinkDevice(), road.address(2, 0), COUNTED);
        return road;
    }

    private void wire(Namespace host, String device, int mac, String port, int portMac) {
        host.ip(
                "link",
                "add",
                device,
                "address",
                mac(mac),
                "type",
                "veth",
                "peer",
                "name",
                port,
                "address",
                mac(portMac),
                "netns",
                middle.name());
        host.ip("link", "set", device, "up");
        middle.ip("link", "set", port, "up");
    }

    private void neighbour(Namespace namespace, String device, String address, int mac) {
        namespace.ip("neigh", "replace", address, "lladdr", mac(mac), "dev", device);
    }

    /** Makes the kernel of the switch's namespace the router that translates the source's address. */
    void routeInKernel() {
        routeInKernel("masquerade");
    }

    /** @param translation what nftables shall do with packets from inside */
    void routeInKernel(String translation) {
        middle.forward();
        middle.address(inside(), address(1, 1) + "/24");
        middle.address(outside(), address(2, 1) + "/24");
        neighbour(middle, inside(), address(1, 2), 1);
        neighbour(middle, outside(), address(2, 2), 4);
        middle.run("nft", "add table ip nat");
        middle.run("nft", "add chain ip nat post { type nat hook postrouting priority 100; }");
        middle.run("nft", "add rule ip nat post oifname " + outside() + " " + translation);
    }

    /** Has nobody on this road send segments of more than an MTU, or leave checksums to others. */
    void withoutOffloads() {
        source.run("ethtool", "-K", sourceDevice(), "tx", "off");
        sink.run("ethtool", "-K", sinkDevice(), "tx", "off");
        middle.run("ethtool", "-K", inside(), "tx", "off", "gro", "off");
        middle.run("ethtool", "-K", outside(), "tx", "off", "gro", "off");
    }

    /**
     * The same translation as OpenFlow rules, as {@code ovs-ofctl} writes them; port 1 is inside, port 2 outside.
     *
     * @param match of packets from inside, besides their port and type
     */
    List<String> rules(String match) {
        String rewrite = "actions=dec_ttl,set_field:%s->eth_src,set_field:%s->eth_dst,set_field:%s->%s,output:%d";
        return List.of(
                "priority=10,in_port=1,ip" + match + ","
                        + rewrite.formatted(mac(3), mac(4), address(2, 1), "ip_src", 2),
                "priority=10,in_port=2,ip,nw_dst=" + address(2, 1) + ","
                        + rewrite.formatted(mac(2), mac(1), address(1, 2), "ip_dst", 1));
    }

    /**
     * NAPT as a share: hosts of the source's network have outside addresses of the sink's.
     *
     * @param first number of the first outside address
     * @param length of the prefix of outside addresses
     */
    Share share(Pool pool, int first, int length) {
        return new Share(
                1,
                "road",
                Kind.NAPT,
                IpPrefix.valueOf(address(1, 0) + "/24"),
                List.of(IpPrefix.valueOf(address(2, first) + "/" + length)),
                List.of(),
                false,
                pool);
    }

    /** Rules that send both directions through {@link #share}, and route what comes of it. */
    List<Rule> sharing() {
        Match ip = Match.any().ip(true);
        return List.of(
                rule(0, ip.inPort(1), Actions.goTo(1).after(Actions.translate(1, Direction.TO_OUTSIDE))),
                rule(
                        0,
                        ip.inPort(2).address(AddressField.IPV4_DST, IpPrefix.valueOf(address(2, 0) + "/24")),
                        Actions.goTo(1).after(Actions.translate(1, Direction.TO_INSIDE))),
                rule(1, ip.address(AddressField.IPV4_DST, IpPrefix.valueOf(address(1, 0) + "/24")), route(2, 1, 1)),
                rule(1, ip.address(AddressField.IPV4_DST, IpPrefix.valueOf(address(2, 0) + "/24")), route(3, 4, 2)));
    }

    private static Rule rule(int table, Match match, Actions actions) {
        return new Rule("road", table, 10, match, actions);
    }

    private Actions route(int source, int destination, int port) {
        return Actions.route(
                MacAddress.valueOf(mac(source)), MacAddress.valueOf(mac(destination)), PortNumber.portNumber(port));
    }

    /**
     * A datagram of 64 octets from the source to the sink.
     *
     * @param from first octets of the source's address, or of any other
     */
    byte[] datagram(String from) {
        ByteBuffer out = ByteBuffer.allocate(64);
        out.put(octets(mac(2))).put(octets(mac(1))).putShort((short) 0x0800);
        int length = out.capacity() - ETHERNET;
        out.putShort((short) 0x4500).putShort((short) length).putInt(0).putShort((short) (64 << 8 | 17));
        out.putShort((short) 0).put(ip(from)).put(ip(address(2, 2)));
        out.putShort((short) 0).putShort((short) COUNTED).putShort((short) (length - 20));
        return out.array();
    }

    /** Datagrams that reached the sink, translated, since the road was built. */
    long arrived() {
        return counter.count();
    }

    @Override
    public void close() {
        counter.close();
    }

    Namespace source() {
        return source;
    }

    Namespace middle() {
        return middle;
    }

    Namespace sink() {
        return sink;
    }

    /** Its name among {@code /sys/class/net} of its namespace. */
    String sourceDevice() {
        return "g" + number;
    }

    String sinkDevice() {
        return "k" + number;
    }

    String inside() {
        return "i" + number;
    }

    String outside() {
        return "o" + number;
    }

    /** @param net 1 at the source, 2 at the sink */
    String address(int net, int host) {
        return "10.%d.%d.%d".formatted(number, net, host);
    }

    private String mac(int end) {
        return "02:00:00:00:%02x:%02x".formatted(number, end);
    }

    private static byte[] octets(String mac) {
        return HexFormat.ofDelimiter(":").parseHex(mac);
    }

    private static byte[] ip(String address) {
        return InetAddress.ofLiteral(address).getAddress();
    }
}
