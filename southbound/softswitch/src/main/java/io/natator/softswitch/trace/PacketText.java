package io.natator.softswitch.trace;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a packet as {@code ovs-appctl ofproto/trace} takes it: {@code in_port=1,udp,nw_src=10.0.0.1,tp_dst=53}, in the
 * names of OpenFlow or in the older ones; or its octets, {@code in_port=1,hex=0200...} or bare hexadecimal digits. What is
 * not said is made up, so that the packet is well-formed: lengths and checksums are right.
 */
public final class PacketText {
    /** Every name that is understood, and the one that stands for it. */
    private static final Map<String, String> NAMES = names();
    /** Words that stand for an ethertype and maybe a protocol. */
    private static final Map<String, int[]> KINDS = Map.ofEntries(
            Map.entry("ip", new int[] {0x0800}),
            Map.entry("ipv6", new int[] {0x86DD}),
            Map.entry("arp", new int[] {0x0806}),
            Map.entry("mpls", new int[] {0x8847}),
            Map.entry("mplsm", new int[] {0x8848}),
            Map.entry("icmp", new int[] {0x0800, 1}),
            Map.entry("tcp", new int[] {0x0800, 6}),
            Map.entry("udp", new int[] {0x0800, 17}),
            Map.entry("sctp", new int[] {0x0800, 132}),
            Map.entry("icmp6", new int[] {0x86DD, 58}),
            Map.entry("tcp6", new int[] {0x86DD, 6}),
            Map.entry("udp6", new int[] {0x86DD, 17}),
            Map.entry("sctp6", new int[] {0x86DD, 132}));

    private static final Splitter PARTS =
            Splitter.on(CharMatcher.anyOf(", \t\n")).omitEmptyStrings();

    private PacketText() {}

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        String[] all = {
            "in_port",
            "eth_src dl_src",
            "eth_dst dl_dst",
            "eth_type dl_type",
            "vlan_vid dl_vlan",
            "vlan_pcp dl_vlan_pcp",
            "vlan_tpid",
            "ip_proto nw_proto",
            "ip_dscp",
            "ip_ecn nw_ecn",
            "nw_tos",
            "nw_ttl ip_ttl",
            "ip_frag",
            "ip_df",
            "ip_len",
            "ipv4_src nw_src ip_src",
            "ipv4_dst nw_dst ip_dst",
            "ipv6_src",
            "ipv6_dst",
            "ipv6_flabel ipv6_label",
            "tp_src tcp_src udp_src sctp_src",
            "tp_dst tcp_dst udp_dst sctp_dst",
            "icmp_type icmpv4_type icmpv6_type",
            "icmp_code icmpv4_code icmpv6_code",
            "arp_op",
            "arp_spa",
            "arp_tpa",
            "arp_sha",
            "arp_tha",
            "nd_target",
            "nd_sll",
            "nd_tll",
            "mpls_label",
            "mpls_tc",
            "mpls_bos",
            "mpls_ttl",
            "pbb_isid",
            "hex",
            "payload",
        };
        for (String group : all) {
            List<String> words = Splitter.on(' ').splitToList(group);
            words.forEach(word -> names.put(word, words.getFirst()));
        }
        return names;
    }

    /**
     * Reads one packet.
     *
     * @throws IllegalArgumentException says what is not understood
     */
    public static Arrival read(String text) {
        Map<String, String> said = new LinkedHashMap<>();
        PARTS.split(text).forEach(part -> take(said, part));
        PacketValues values = new PacketValues(said);
        int inPort = (int) values.number("in_port", 32, 1);
        byte[] frame = said.containsKey("hex") ? values.octets("hex") : new PacketBuilder(values).frame();
        values.allUsed();
        return new Arrival(inPort, frame);
    }

    private static void take(Map<String, String> said, String part) {
        int equals = part.indexOf('=');
        String word = equals < 0 ? part : part.substring(0, equals);
        String value = part.substring(equals + 1);
        if (equals < 0 && KINDS.containsKey(word)) {
            int[] kind = KINDS.get(word);
            put(said, "eth_type", Integer.toString(kind[0]));
            if (kind.length > 1) {
                put(said, "ip_proto", Integer.toString(kind[1]));
            }
            return;
        }
        if (equals < 0 && isHex(part)) {
            put(said, "hex", part);
            return;
        }
        String name = NAMES.get(word);
        if (name == null || equals < 0) {
            throw new IllegalArgumentException("'" + part
                    + "' is not understood. A packet is written as in_port=1,udp,nw_src=10.0.0.1,nw_dst=10.0.0.2,"
                    + "tp_dst=53, or as hexadecimal digits; known words: " + String.join(" ", KINDS.keySet())
                    + "; known fields: " + String.join(" ", NAMES.keySet()));
        }
        put(said, name, value);
    }

    private static void put(Map<String, String> said, String name, String value) {
        String before = said.put(name, value);
        if (before != null && !before.equals(value)) {
            throw new IllegalArgumentException(name + " is given twice: " + before + " and " + value);
        }
    }

    private static boolean isHex(String part) {
        return part.length() >= 28 && part.length() % 2 == 0 && part.chars().allMatch(HexFormat::isHexDigit);
    }

    /** A frame as text that {@link #read} understands. */
    public static String write(Arrival arrival) {
        return "in_port=" + Integer.toUnsignedString(arrival.inPort()) + ",hex="
                + HexFormat.of().formatHex(arrival.frame());
    }
}
