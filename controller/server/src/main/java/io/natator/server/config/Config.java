package io.natator.server.config;

import java.util.List;

/**
 * The configuration, complete: what the file leaves out has its default. See docs/configuration.md.
 *
 * @param grpc where the API listens
 * @param openflow where switches connect to
 * @param bgp BGP as a whole; neighbours are resources of the API
 * @param store where intents are kept
 * @param metrics where Prometheus scrapes; an empty {@code listen} turns it off
 * @param log how much is logged
 * @param softswitch a software switch within the daemon
 */
public record Config(
        Grpc grpc, OpenFlow openflow, Bgp bgp, StoreFile store, Metrics metrics, Log log, SoftSwitch softswitch) {
    /** @param listen each HOST:PORT, or {@code unix:PATH} */
    public record Grpc(List<String> listen) {
        public Grpc {
            listen = List.copyOf(listen);
        }
    }

    /** @param listen HOST:PORT */
    public record OpenFlow(String listen) {}

    /**
     * @param listen HOST:PORT on which neighbours may connect; empty: Natator connects, neighbours do not
     * @param routerId BGP identifier of neighbours that set none; empty: an IPv4 address of this machine
     */
    public record Bgp(String listen, String routerId, Bmp bmp, Rpki rpki) {}

    /** @param collectors BMP stations that sessions are reported to (RFC 7854) */
    public record Bmp(List<Remote> collectors) {
        public Bmp {
            collectors = List.copyOf(collectors);
        }
    }

    /**
     * What route-origin validation goes by (RFC 6811); all sources together.
     *
     * @param caches RPKI-to-Router caches (RFC 8210), in order of preference
     * @param file ROAs as JSON, as validators export them; empty: none
     */
    public record Rpki(List<Remote> caches, String file) {
        public Rpki {
            caches = List.copyOf(caches);
        }
    }

    /** @param path SQLite file */
    public record StoreFile(String path) {}

    /** @param listen HOST:PORT, or empty */
    public record Metrics(String listen) {}

    /** @param level one of {@link #LEVELS} */
    public record Log(String level) {
        /** From most to least. */
        public static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");
    }

    /**
     * As the options of {@code natator switch}.
     *
     * @param ports {@code 1=eth1,2=eth2}; empty: there is no such switch
     */
    public record SoftSwitch(
            String datapathId,
            String ports,
            List<String> listen,
            String failMode,
            String profile,
            String mode,
            String control,
            String sessionLog,
            String sessionLogSize,
            String sessionLogDetail,
            String ipfix) {
        public SoftSwitch {
            listen = List.copyOf(listen);
        }
    }

    /** Everything at its default. */
    public static Config defaults() {
        return new Config(
                new Grpc(List.of("127.0.0.1:9653")),
                new OpenFlow("0.0.0.0:6653"),
                new Bgp("", "", new Bmp(List.of()), new Rpki(List.of(), "")),
                new StoreFile("natator.db"),
                new Metrics("127.0.0.1:9654"),
                new Log("info"),
                new SoftSwitch("1", "", List.of(), "secure", "full", "balanced", "", "", "1GiB", "sessions", ""));
    }
}
