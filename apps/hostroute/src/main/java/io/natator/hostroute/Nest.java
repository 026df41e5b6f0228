package io.natator.hostroute;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The fewest routes that lead every address to those who translate it, where several offers share a covering block: the
 * block to one of them, and what the others translate as more specific routes (the algorithm of Draves, King,
 * Venkatachary and Zill, "Constructing optimal IP routing tables", 1999). No route covers an address that nobody
 * translates. Where it saves nothing, routes do not overlap.
 */
final class Nest {
    private final Node root = new Node(new Block(0, 0, 0));
    private final Predicate<Route> allowed;

    /** @param allowed whether a route may be announced; routes overlap only if all of them may */
    Nest(Predicate<Route> allowed) {
        this.allowed = allowed;
    }

    /** A block of addresses: those who translate all of it; or two halves. */
    private static final class Node {
        private final Block block;
        private Node zero;
        private Node one;
        /** Equal-cost: all of them are announced. */
        private SortedSet<Offer> offers = new TreeSet<>(Offer.ORDER);
        /** Whose block this best is; empty if not every address of it is translated. */
        private Set<SortedSet<Offer>> candidates = Set.of();

        Node(Block block) {
            this.block = block;
        }

        boolean isLeaf() {
            return zero == null;
        }

        void split() {
            if (isLeaf()) {
                zero = new Node(block.half(false));
                one = new Node(block.half(true));
            }
        }
    }

    /** {@code offer} translates all of {@code block}. */
    void add(Block block, Offer offer) {
        Node at = root;
        while (at.block.length() < block.length()) {
            at.split();
            at = at.one.block.contains(block) ? at.one : at.zero;
        }
        at.offers.add(offer);
    }

    /** In order. */
    List<Route> routes() {
        settle(root);
        List<Route> routes = best(root);
        routes.sort(Route.ORDER);
        return routes;
    }

    /** Hands offers down to the leaves, and finds from the leaves up whose block each best is. */
    private static void settle(Node node) {
        if (node.isLeaf()) {
            node.candidates = node.offers.isEmpty() ? Set.of() : Set.of(node.offers);
            return;
        }
        node.zero.offers.addAll(node.offers);
        node.one.offers.addAll(node.offers);
        settle(node.zero);
        settle(node.one);
        if (node.zero.candidates.isEmpty() || node.one.candidates.isEmpty()) {
            return;
        }
        Set<SortedSet<Offer>> common = new HashSet<>(node.zero.candidates);
        common.retainAll(node.one.candidates);
        if (common.isEmpty()) {
            common.addAll(node.zero.candidates);
            common.addAll(node.one.candidates);
        }
        node.candidates = common;
    }

    /** Within {@code node}, of which nothing larger is announced. */
    private List<Route> best(Node node) {
        List<Route> nested = new ArrayList<>();
        if (!node.candidates.isEmpty()) {
            assign(node, null, nested);
        }
        if (node.isLeaf()) {
            return nested;
        }
        List<Route> apart = best(node.zero);
        apart.addAll(best(node.one));
        boolean fewer = !nested.isEmpty() && nested.size() < apart.size();
        return fewer && (isOne(nested) || nested.stream().allMatch(allowed)) ? nested : apart;
    }

    /** True if it is one block, whoever announces it: nothing overlaps. */
    private static boolean isOne(List<Route> routes) {
        return routes.stream().map(Route::block).distinct().count() == 1;
    }

    /** @param inherited whose block {@code node} is already; null: nobody's */
    private static void assign(Node node, SortedSet<Offer> inherited, List<Route> into) {
        SortedSet<Offer> chosen = inherited;
        if (inherited == null || !node.candidates.contains(inherited)) {
            chosen = node.candidates.stream().min(Nest::compare).orElseThrow();
            chosen.forEach(o -> into.add(new Route(node.block, o)));
        }
        if (!node.isLeaf()) {
            assign(node.zero, chosen, into);
            assign(node.one, chosen, into);
        }
    }

    /** Fewer offers first, then any order that is always the same. */
    private static int compare(SortedSet<Offer> a, SortedSet<Offer> b) {
        int order = Integer.compare(a.size(), b.size());
        var left = a.iterator();
        var right = b.iterator();
        while (order == 0 && left.hasNext()) {
            order = Offer.ORDER.compare(left.next(), right.next());
        }
        return order;
    }
}
