package io.natator.cli.command;

import io.natator.cli.output.Cell;
import io.natator.cli.output.Messages;
import io.natator.cli.output.Table;
import io.natator.cli.output.Terminal;
import io.natator.cli.output.Words;
import io.natator.v1.Announcement;
import io.natator.v1.ToldNeighbor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the announced routes cost, and what aggregation saves of that.
 *
 * @param families IPv4 and IPv6, those that there are
 * @param fib prefixes that each neighbour was told: entries in its FIB, if it takes all of them
 */
record RouteCost(Map<String, Family> families, Map<String, Integer> fib) {
    /**
     * @param addresses that are announced: host routes without aggregation
     * @param prefixes different ones
     * @param routes announcements; more than prefixes where several next hops share one
     */
    record Family(BigInteger addresses, int prefixes, int routes) {
        BigInteger saved() {
            return addresses.subtract(BigInteger.valueOf(prefixes));
        }
    }

    static RouteCost of(List<Announcement> announcements) {
        List<Announcement> announced = announcements.stream()
                .filter(a ->
                        a.getState() == Announcement.State.ANNOUNCED || a.getState() == Announcement.State.DRAINING)
                .toList();
        Map<String, Family> families = new LinkedHashMap<>();
        for (boolean ipv6 : new boolean[] {false, true}) {
            List<Announcement> of = announced.stream()
                    .filter(a -> a.getPrefix().contains(":") == ipv6)
                    .toList();
            if (!of.isEmpty()) {
                Set<String> prefixes =
                        new HashSet<>(of.stream().map(Announcement::getPrefix).toList());
                families.put(ipv6 ? "IPv6" : "IPv4", new Family(addresses(prefixes), prefixes.size(), of.size()));
            }
        }
        Map<String, Set<String>> told = new TreeMap<>();
        for (Announcement one : announced) {
            for (ToldNeighbor neighbor : one.getToldList()) {
                Set<String> prefixes = told.computeIfAbsent(Words.id(neighbor.getNeighbor()), n -> new HashSet<>());
                if (neighbor.getOutcome() == ToldNeighbor.Outcome.SENT
                        || neighbor.getOutcome() == ToldNeighbor.Outcome.PROBABLY_FILTERED) {
                    prefixes.add(one.getPrefix());
                }
            }
        }
        Map<String, Integer> fib = new TreeMap<>();
        told.forEach((neighbor, prefixes) -> fib.put(neighbor, prefixes.size()));
        return new RouteCost(families, fib);
    }

    /** Addresses in {@code prefixes} of one family; those in several count once. */
    static BigInteger addresses(Set<String> prefixes) {
        List<Range> ranges = new ArrayList<>(prefixes.stream().map(Range::of).toList());
        ranges.sort(Comparator.comparing(Range::first).thenComparing(Range::end, Comparator.reverseOrder()));
        BigInteger sum = BigInteger.ZERO;
        BigInteger end = BigInteger.ZERO;
        for (Range range : ranges) {
            // Prefixes contain each other or are disjoint.
            if (range.end().compareTo(end) > 0) {
                sum = sum.add(range.end().subtract(range.first()));
                end = range.end();
            }
        }
        return sum;
    }

    /** @param end the address after the last */
    private record Range(BigInteger first, BigInteger end) {
        static Range of(String prefix) {
            int slash = prefix.indexOf('/');
            byte[] octets = com.google.common.net.InetAddresses.forString(prefix.substring(0, slash))
                    .getAddress();
            int free = octets.length * 8 - Integer.parseInt(prefix.substring(slash + 1));
            BigInteger first = new BigInteger(1, octets);
            return new Range(first, first.add(BigInteger.ONE.shiftLeft(free)));
        }
    }

    void print(Terminal terminal, boolean json) {
        if (json) {
            terminal.out().println(json());
            return;
        }
        if (families.isEmpty()) {
            terminal.err().println("no announcements");
            return;
        }
        Table table = new Table(List.of("FAMILY", "ADDRESSES", "PREFIXES", "ROUTES", "SAVED"));
        families.forEach((name, family) -> table.row(List.of(
                Cell.of(name),
                Cell.of(number(family.addresses())),
                Cell.of(Words.number(family.prefixes())),
                Cell.of(Words.number(family.routes())),
                Cell.of(number(family.saved())))));
        table.lines(terminal).forEach(terminal.out()::println);
        if (!fib.isEmpty()) {
            terminal.out().println();
            Table neighbors = new Table(List.of("NEIGHBOR", "FIB-ENTRIES"));
            fib.forEach((name, entries) -> neighbors.row(List.of(Cell.of(name), Cell.of(Words.number(entries)))));
            neighbors.lines(terminal).forEach(terminal.out()::println);
        }
    }

    private static String number(BigInteger n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** Numbers of addresses are strings, as ProtoJSON has those of 64 bits. */
    private String json() {
        Map<String, String> members = new LinkedHashMap<>();
        Map<String, String> all = new LinkedHashMap<>();
        families.forEach((name, family) -> {
            Map<String, String> one = new LinkedHashMap<>();
            one.put("addresses", "\"" + family.addresses() + "\"");
            one.put("prefixes", Integer.toString(family.prefixes()));
            one.put("routes", Integer.toString(family.routes()));
            one.put("saved", "\"" + family.saved() + "\"");
            all.put(name, Messages.json(one));
        });
        members.put("families", Messages.json(all));
        Map<String, String> entries = new LinkedHashMap<>();
        fib.forEach((name, count) -> entries.put("neighbors/" + name, count.toString()));
        members.put("fibEntries", Messages.json(entries));
        return Messages.json(members);
    }
}
