package io.natator.server.softswitch;

import io.natator.softswitch.trace.Capture;
import io.natator.softswitch.trace.PacketText;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that look into a running switch. */
final class Asks {
    private Asks() {}

    @Command(
            name = "dump-flows",
            mixinStandardHelpOptions = true,
            description = "Show the rules, as ovs-ofctl dump-flows does.",
            footer = {"", "Examples:", "  natator switch dump-flows", "  natator switch dump-flows --table 1 -o json"})
    static final class DumpFlows extends Ask.AsText {
        @Option(names = "--table", paramLabel = "N", description = "Of this table only.")
        private Integer table;

        @Option(names = "--no-stats", description = "Without what changes by itself.")
        private boolean noStats;

        @Override
        String command() {
            return (noStats ? "dump-flows-no-stats" : "dump-flows") + (table == null ? "" : " " + table);
        }
    }

    @Command(name = "dump-ports", mixinStandardHelpOptions = true, description = "Show what was counted at the ports.")
    static final class DumpPorts extends Ask.AsText {
        @Override
        String command() {
            return "dump-ports";
        }
    }

    @Command(
            name = "dump-counters",
            mixinStandardHelpOptions = true,
            description = "Show every other counter: drops, cache, controllers (docs/counters.md).")
    static final class DumpCounters extends Ask.AsText {
        @Override
        String command() {
            return "dump-counters";
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show what the switch is, its ports, and its controllers.")
    static final class Show extends Ask.AsText {
        @Override
        String command() {
            return "show";
        }
    }

    @Command(
            name = "dump-cache",
            mixinStandardHelpOptions = true,
            description = "Show what is cached of packets that were seen.")
    static final class DumpCache extends Ask {
        @Override
        String question() {
            return "dump-cache";
        }
    }

    @Command(
            name = "dump-sessions",
            mixinStandardHelpOptions = true,
            description = "Show the sessions that there are.",
            footer = {
                "",
                "Examples:",
                "  natator switch dump-sessions",
                "  natator switch dump-sessions 10.0.0.7 -o json"
            })
    static final class DumpSessions extends Ask.AsText {
        @Parameters(paramLabel = "PREFIX", arity = "0..1", description = "Of these inside hosts only.")
        private String inside;

        @Override
        String command() {
            return "dump-sessions" + (inside == null ? "" : " " + inside);
        }
    }

    @Command(
            name = "dump-pools",
            mixinStandardHelpOptions = true,
            description = "Show how far pools are used up, and who uses them.")
    static final class DumpPools extends Ask.AsText {
        @Override
        String command() {
            return "dump-pools";
        }
    }

    @Command(
            name = "trace",
            mixinStandardHelpOptions = true,
            description = "Show what would become of a packet, table by table.",
            footer = {
                "",
                "Examples:",
                "  natator switch trace in_port=1,icmp,nw_src=192.168.2.10,nw_dst=203.0.113.10",
                "  natator switch trace in_port=2,tcp6,ipv6_dst=2001:db8:3::10,tcp_dst=80",
                "  natator switch trace in_port=2,udp,nw_dst=198.51.100.10,ip_len=1500,ip_df=1",
                "  natator switch trace in_port=1,hex=ffffffffffff0200000000010806...",
                "  natator switch trace in_port=1,pcap=capture.pcap"
            })
    static final class Trace extends Ask {
        @Parameters(
                paramLabel = "PACKET",
                description =
                        "As ovs-appctl ofproto/trace takes it, or its octets, or all packets of a capture. ip_len"
                                + " is the length of the IP packet (without: headers and payload), ip_df=1 forbids routers to cut it.")
        private String packet;

        @Override
        String question() {
            return "trace " + packet;
        }

        @Override
        List<String> questions() throws IOException {
            return Capture.isNamedBy(packet)
                    ? Capture.read(packet).stream()
                            .map(arrival -> "trace " + PacketText.write(arrival))
                            .toList()
                    : super.questions();
        }
    }

    @Command(
            name = "set-controller",
            mixinStandardHelpOptions = true,
            description = "Have a running switch connect to these controllers and to no others; none: to nobody.",
            footer = {"", "Examples:", "  natator switch set-controller tcp:192.0.2.1 tcp:192.0.2.2:6653"})
    static final class SetController extends Ask {
        @Parameters(paramLabel = "ENDPOINT", arity = "0..*", description = "tcp:HOST[:PORT], ssl:... or unix:PATH.")
        private List<String> endpoints = List.of();

        @Override
        String question() {
            return "set-controller " + String.join(" ", endpoints);
        }
    }
}
