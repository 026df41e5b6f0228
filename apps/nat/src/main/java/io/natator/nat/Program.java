package io.natator.nat;

import io.natator.model.rule.Actions;
import io.natator.model.rule.Match;
import io.natator.model.rule.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of a pipeline as they come into being, stage by stage. */
final class Program {
    private final int[] tables;
    private final List<List<Rule>> stages = new ArrayList<>();
    private final List<Set<Place>> taken = new ArrayList<>();

    private record Place(int priority, Match match) {}

    /** @param tables table number of each stage */
    Program(int[] tables) {
        this.tables = tables.clone();
        for (int i = 0; i < Stage.COUNT; i++) {
            stages.add(new ArrayList<>());
            taken.add(new HashSet<>());
        }
    }

    int table(Stage stage) {
        return tables[stage.index()];
    }

    void add(Stage stage, int priority, String owner, Match match, Actions actions) {
        stages.get(stage.index()).add(new Rule(owner, table(stage), priority, match, actions));
    }

    /** An exemption: it may be asked for by several translations, or twice by one. */
    void exempt(Stage stage, String owner, Match match, Actions actions) {
        once(stage, Priority.EXEMPT, owner, match, actions);
    }

    /** What several translations may ask for, all in the same words. */
    void once(Stage stage, int priority, String owner, Match match, Actions actions) {
        if (taken.get(stage.index()).add(new Place(priority, match))) {
            add(stage, priority, owner, match, actions);
        }
    }

    Actions goTo(Stage stage) {
        return Actions.goTo(table(stage));
    }

    Actions markThenGoTo(long mark, Stage stage) {
        return Actions.metadataThenGoTo(mark, table(stage));
    }

    /** In the order in which they came. */
    List<Rule> rules(Stage stage) {
        return stages.get(stage.index());
    }

    /** Stage by stage. */
    List<Rule> rules() {
        List<Rule> all = new ArrayList<>(stages.stream().mapToInt(List::size).sum());
        stages.forEach(all::addAll);
        return all;
    }

    int[] counts() {
        return stages.stream().mapToInt(List::size).toArray();
    }
}
