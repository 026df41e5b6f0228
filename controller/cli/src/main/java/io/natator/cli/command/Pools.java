package io.natator.cli.command;

import io.natator.cli.client.Client;
import io.natator.cli.output.Bar;
import io.natator.cli.output.Cell;
import io.natator.cli.output.Column;
import io.natator.cli.output.Style;
import io.natator.cli.output.Table;
import io.natator.cli.output.Words;
import io.natator.v1.ListPoolUseRequest;
import io.natator.v1.ListPoolUseResponse;
import io.natator.v1.PoolUse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pools: how they are fetched and shown. */
final class Pools {
    private Pools() {}

    /** @param unreachable "devices/{id}" */
    record All(List<PoolUse> pools, List<String> unreachable) {}

    /**
     * All pages.
     *
     * @param translation only its pools; empty: all
     */
    static All all(Client client, String translation) {
        List<PoolUse> pools = new ArrayList<>();
        ListPoolUseRequest request =
                ListPoolUseRequest.newBuilder().setTranslation(translation).build();
        while (true) {
            ListPoolUseResponse page = client.sessions().listPoolUse(request);
            pools.addAll(page.getPoolsList());
            if (page.getNextPageToken().isEmpty()) {
                return new All(pools, page.getUnreachableList());
            }
            request = request.toBuilder().setPageToken(page.getNextPageToken()).build();
        }
    }

    /** Columns for these pools: of bindings only if there can be any. */
    static List<Column<PoolUse>> columns(List<PoolUse> pools) {
        return Stream.of(head(), pools.stream().anyMatch(Pools::isDynamic) ? bindings() : noColumns(), tail())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Column<PoolUse>> noColumns() {
        return List.of();
    }

    /** Addresses for hosts, and no ports. */
    private static boolean isDynamic(PoolUse pool) {
        return pool.getAddresses() > 0 && pool.getPorts() == 0;
    }

    private static List<Column<PoolUse>> bindings() {
        return List.of(
                Column.of("BINDINGS", (p, _) -> Cell.of(isDynamic(p) ? Words.number(p.getSessions()) : "")),
                Column.of("IN-HARDWARE", (p, _) -> Cell.of(isDynamic(p) ? Words.number(p.getHardwareBindings()) : "")));
    }

    private static List<Column<PoolUse>> head() {
        return List.of(
                Column.of("TRANSLATION", (p, _) -> Cell.of(Words.id(p.getTranslation()))),
                Column.of("DEVICE", (p, _) -> Cell.of(Words.id(p.getDevice()))),
                Column.of("SESSIONS", (p, _) -> Cell.of(Words.number(p.getSessions()))));
    }

    private static List<Column<PoolUse>> tail() {
        return List.of(
                Column.of("ADDRESSES", (p, _) -> of(p.getAddressesUsed(), p.getAddresses())),
                Column.of("PORTS", (p, _) -> p.getPorts() == 0 ? Cell.of("") : of(p.getPortsUsed(), p.getPorts())),
                Column.of("USE", (p, _) -> use(p)),
                Column.of("CREATED", (p, _) -> Cell.of(Words.number(p.getCreated()))),
                Column.of("REFUSED", (p, _) -> refused(p)),
                Column.of("LOST", (p, _) -> Cell.of(Words.number(p.getLost()))),
                Column.wide("TOP-HOSTS", (p, _) -> Cell.of(top(p))));
    }

    private static Cell of(long used, long all) {
        return Cell.of(Words.number(used) + "/" + Words.number(all));
    }

    private static Cell use(PoolUse pool) {
        boolean ports = pool.getPorts() > 0;
        long used = ports ? pool.getPortsUsed() : pool.getAddressesUsed();
        long all = ports ? pool.getPorts() : pool.getAddresses();
        return new Cell(Bar.of(used, all), used == all ? Style.BAD : Style.PLAIN);
    }

    /** "12 (pool-empty 10, host-sessions 2)". */
    private static Cell refused(PoolUse pool) {
        long sum = pool.getRefusedMap().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        String reasons = new TreeMap<>(pool.getRefusedMap())
                .entrySet().stream()
                        .filter(e -> e.getValue() > 0)
                        .map(e -> e.getKey() + " " + Words.number(e.getValue()))
                        .collect(Collectors.joining(", "));
        return Cell.of(reasons.isEmpty() ? "0" : Words.number(sum) + " (" + reasons + ")");
    }

    private static String top(PoolUse pool) {
        return pool.getTopHostsList().stream()
                .map(host -> host.getInside() + " " + Words.number(host.getSessions()))
                .collect(Collectors.joining(", "));
    }

    /** What pools refused so far, for comparison with theory. */
    static Table measured(List<PoolUse> pools) {
        Table table = new Table(List.of("MEASURED", "DEVICE", "HAS", "ASKED", "BLOCKING"));
        for (PoolUse pool : pools) {
            long refused = pool.getRefusedOrDefault("pool-empty", 0);
            String has = pool.getPorts() > 0
                    ? Words.count(pool.getPorts(), "port")
                    : Words.number(pool.getAddresses()) + (pool.getAddresses() == 1 ? " address" : " addresses");
            var blocking = SizeCommand.blocking(pool);
            table.row(List.of(
                    Cell.of(Words.id(pool.getTranslation())),
                    Cell.of(Words.id(pool.getDevice())),
                    Cell.of(has),
                    Cell.of(Words.number(pool.getCreated() + refused)),
                    Cell.of(blocking.isPresent() ? SizeCommand.share(blocking.getAsDouble()) : "")));
        }
        return table;
    }
}
