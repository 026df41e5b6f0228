package io.natator.cli.command;

import io.natator.cli.output.Cell;
import io.natator.cli.output.Column;
import io.natator.cli.output.Words;
import io.natator.v1.PoolUse;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code natator sessions top}. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description =
                "Shows the hosts with most sessions, most first: at most ten of each pool on each software switch.",
        footer = {
            "",
            "With -o json each line is a pool with one of its hosts.",
            "",
            "Examples:",
            "  natator sessions top",
            "  natator sessions top --translation office",
            "  natator sessions --inside 192.168.2.7    what this host does",
        })
public final class SessionsTopCommand extends PoolsCommand {
    @Override
    void show(Listing listing, List<PoolUse> pools) {
        List<PoolUse> hosts = pools.stream()
                .flatMap(pool -> pool.getTopHostsList().stream().map(host -> of(pool, host)))
                .sorted(Comparator.comparingLong((PoolUse pool) -> host(pool).getSessions())
                        .reversed())
                .toList();
        listing.print("hosts with sessions", pool -> host(pool).getInside(), columns(), hosts);
    }

    private static PoolUse of(PoolUse pool, PoolUse.Host host) {
        return PoolUse.newBuilder()
                .setDevice(pool.getDevice())
                .setTranslation(pool.getTranslation())
                .setShare(pool.getShare())
                .setSessions(pool.getSessions())
                .addTopHosts(host)
                .build();
    }

    private static PoolUse.Host host(PoolUse pool) {
        return pool.getTopHosts(0);
    }

    private static List<Column<PoolUse>> columns() {
        return List.of(
                Column.of("HOST", (p, _) -> Cell.of(host(p).getInside())),
                Column.of("SESSIONS", (p, _) -> Cell.of(Words.number(host(p).getSessions()))),
                Column.of("OF", (p, _) -> Cell.of(Words.number(p.getSessions()))),
                Column.of("TRANSLATION", (p, _) -> Cell.of(Words.id(p.getTranslation()))),
                Column.of("DEVICE", (p, _) -> Cell.of(Words.id(p.getDevice()))));
    }
}
