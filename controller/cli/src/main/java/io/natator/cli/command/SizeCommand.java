package io.natator.cli.command;

import io.grpc.StatusRuntimeException;
import io.natator.cli.CliException;
import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.output.Cell;
import io.natator.cli.output.Messages;
import io.natator.cli.output.Style;
import io.natator.cli.output.Table;
import io.natator.cli.output.Words;
import io.natator.cli.size.Engset;
import io.natator.cli.size.ErlangB;
import io.natator.v1.PoolUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code natator size}. */
@Command(
        name = "size",
        mixinStandardHelpOptions = true,
        description = "Tells how many addresses or ports a pool needs, and what blocking to expect.",
        footer = {
            "",
            "Each host that has none asks for an address at --rate and keeps it for --hold on average, idle",
            "time of the binding included. Engset's formula knows that there are only so many hosts;",
            "Erlang's (B) takes them for very many, and asks for a little more. --of ports sizes a NAPT pool:",
            "each session takes a port, a host may have many, --rate is that of its sessions, and Erlang's",
            "formula alone applies.",
            "If a daemon answers, what its pools refused so far stands beside it.",
            "",
            "Examples:",
            "  natator size --hosts 1000 --rate 6/h --hold 10m --block-probability 0.001",
            "  natator size --hosts 1000 --rate 6/h --hold 10m --addresses 512     what would these block?",
            "  natator size --of ports --hosts 20000 --rate 10/m --hold 90s --block-probability 1e-6",
            "  natator size --hosts 50 --rate 2/h --hold 30m --block-probability 0.01 -o json",
        })
public final class SizeCommand extends ClientCommand {
    /** What is given away. */
    enum Of {
        ADDRESSES,
        PORTS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** More would take minutes to compute, and is no pool. */
    private static final double MOST_ERLANGS = 1e9;

    @Option(names = "--hosts", paramLabel = "M", required = true, description = "Inside hosts, 1 to 1,000,000,000.")
    private long hosts;

    @Option(
            names = "--rate",
            paramLabel = "N/UNIT",
            required = true,
            converter = RateConverter.class,
            description = "How often a host asks: 0.5/s, 10/m, 6/h, 20/d.")
    private double rate;

    @Option(
            names = "--hold",
            paramLabel = "TIME",
            required = true,
            converter = DurationConverter.class,
            description = "Mean time that it is kept: 90s, 10m, 2h.")
    private Duration hold;

    @Option(
            names = "--block-probability",
            paramLabel = "P",
            description = "Share of attempts that may find nothing, above 0 and below 1.")
    private Double probability;

    @Option(
            names = "--addresses",
            paramLabel = "N",
            description = "How many there are (of ports: addresses with 64,512 ports each): what would these block?")
    private Long addresses;

    @Option(names = "--of", paramLabel = "WHAT", defaultValue = "addresses", description = "${COMPLETION-CANDIDATES}.")
    private Of of;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; table if left out.")
    private OneFormat format;

    /** Ports from 1024 on, as a pool has them unless it says otherwise. */
    private static final long PORTS_AN_ADDRESS = 64_512;

    /**
     * A line of the answer.
     *
     * @param model whose formula
     * @param number of addresses or ports
     */
    private record Line(String model, long number, double blocking) {}

    @Override
    void prepare() {
        if (hosts < 1 || hosts > 1_000_000_000) {
            throw usage("--hosts: 1 to 1,000,000,000");
        }
        if (probability == null && addresses == null) {
            throw usage(
                    "--block-probability P asks how many are needed, --addresses N what so many block: one of them");
        }
        if (probability != null && !(probability > 0 && probability < 1)) {
            throw usage("--block-probability: above 0 and below 1, for example 0.001");
        }
        if (addresses != null && (addresses < 0 || addresses > 1_000_000_000)) {
            throw usage("--addresses: 0 to 1,000,000,000");
        }
        if (hold.isZero() || erlangsAHost() * hosts > MOST_ERLANGS) {
            throw usage(
                    "--hosts, --rate and --hold make " + hosts * erlangsAHost() + " Erlang: more than 0, at most 1e9");
        }
    }

    @Override
    public Integer call() {
        prepare();
        List<PoolUse> pools = measured();
        List<Line> lines = lines();
        if (format == OneFormat.TABLE) {
            table(lines, pools);
        } else {
            Map<String, String> members = members(lines, pools);
            terminal().out().print(format == OneFormat.JSON ? Messages.json(members) + "\n" : Messages.yaml(members));
        }
        return ExitCode.OK;
    }

    @Override
    int run(Client client) {
        throw new IllegalStateException("this command needs no daemon");
    }

    /** Rate times hold: of a host that has nothing. */
    private double erlangsAHost() {
        return rate * hold.toNanos() / 1e9;
    }

    /** What hosts would have on average if nothing was refused. */
    private double offered() {
        double perHost = erlangsAHost();
        return switch (of) {
            case ADDRESSES -> hosts * perHost / (1 + perHost);
            case PORTS -> hosts * perHost;
        };
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        if (of == Of.ADDRESSES) {
            long number = addresses != null ? addresses : Engset.servers(hosts, erlangsAHost(), probability);
            lines.add(new Line("Engset", number, Engset.blocking(number, hosts, erlangsAHost())));
        }
        long there = addresses == null ? 0 : of == Of.PORTS ? addresses * PORTS_AN_ADDRESS : addresses;
        long number = addresses != null ? there : ErlangB.servers(offered(), probability);
        lines.add(new Line("Erlang B", number, ErlangB.blocking(number, offered())));
        return lines;
    }

    /** Pools of a daemon; none if there is no daemon, or no switch that has any. */
    private List<PoolUse> measured() {
        try (Client client = connect()) {
            return Pools.all(client, "").pools();
        } catch (CliException | StatusRuntimeException e) {
            return List.of();
        }
    }

    /** Refused for want of an address or port, of all that asked; empty if nobody did. */
    static OptionalDouble blocking(PoolUse pool) {
        long refused = pool.getRefusedOrDefault("pool-empty", 0);
        long asked = pool.getCreated() + refused;
        return asked == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) refused / asked);
    }

    private void table(List<Line> lines, List<PoolUse> pools) {
        terminal()
                .out()
                .println(Words.count(hosts, "host") + ": " + String.format(Locale.ROOT, "%,.6g", offered())
                        + " Erlang offered");
        Table table = new Table(
                of == Of.PORTS
                        ? List.of("MODEL", "PORTS", "ADDRESSES", "BLOCKING")
                        : List.of("MODEL", "ADDRESSES", "BLOCKING"));
        for (Line line : lines) {
            List<Cell> cells = new ArrayList<>();
            cells.add(Cell.of(line.model()));
            cells.add(Cell.of(Words.number(line.number())));
            if (of == Of.PORTS) {
                cells.add(Cell.of(Words.number(addressesFor(line.number()))));
            }
            cells.add(Cell.of(share(line.blocking())));
            table.row(cells);
        }
        table.lines(terminal()).forEach(terminal().out()::println);
        if (!pools.isEmpty()) {
            terminal().out().println();
            Pools.measured(pools).lines(terminal()).forEach(terminal().out()::println);
        } else {
            terminal().err().println(terminal().paint(Style.DIM, "nothing measured: no daemon with pools answers"));
        }
    }

    private static long addressesFor(long ports) {
        return Math.ceilDiv(ports, PORTS_AN_ADDRESS);
    }

    static String share(double blocking) {
        return String.format(Locale.ROOT, "%.3g", blocking);
    }

    private Map<String, String> members(List<Line> lines, List<PoolUse> pools) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("offeredErlangs", Double.toString(offered()));
        for (Line line : lines) {
            Map<String, String> one = new LinkedHashMap<>();
            if (of == Of.PORTS) {
                one.put("ports", Long.toString(line.number()));
                one.put("addresses", Long.toString(addressesFor(line.number())));
            } else {
                one.put("addresses", Long.toString(line.number()));
            }
            one.put("blocking", Double.toString(line.blocking()));
            members.put(line.model().equals("Engset") ? "engset" : "erlangB", Messages.json(one));
        }
        Map<String, String> measured = new LinkedHashMap<>();
        for (PoolUse pool : pools) {
            blocking(pool)
                    .ifPresent(b -> measured.put(
                            Words.id(pool.getTranslation()) + "@" + Words.id(pool.getDevice()), Double.toString(b)));
        }
        members.put("measuredBlocking", Messages.json(measured));
        return members;
    }
}
