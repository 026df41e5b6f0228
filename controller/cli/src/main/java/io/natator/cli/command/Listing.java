package io.natator.cli.command;

import com.google.protobuf.Message;
import io.natator.cli.kind.Kind;
import io.natator.cli.output.Column;
import io.natator.cli.output.Format;
import io.natator.cli.output.Messages;
import io.natator.cli.output.Table;
import io.natator.cli.output.Terminal;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Resources as one of the formats of {@code -o}. */
record Listing(Terminal terminal, Instant now, Format format) {

    /** @param one the user asked for one resource by its name, so JSON is an object and no array */
    <M extends Message> void print(Kind<M> kind, List<Column<M>> columns, List<M> resources, boolean one) {
        if (one && format == Format.JSON) {
            terminal.out().println(Messages.json(resources.getFirst()));
        } else {
            print(kind.plural(), kind::name, columns, resources);
        }
    }

    /**
     * Things that need be no resources.
     *
     * @param plural what they are called: "no …" if there are none
     * @param name of one, for {@code -o name}
     */
    <M extends Message> void print(
            String plural, Function<M, String> name, List<Column<M>> columns, List<M> resources) {
        switch (format) {
            case TABLE, WIDE -> table(plural, columns, resources);
            case JSON -> terminal.out().println(Messages.json(resources));
            case YAML -> terminal.out().print(Messages.yaml(resources));
            case NAME -> resources.forEach(resource -> terminal.out().println(name.apply(resource)));
        }
    }

    private <M extends Message> void table(String plural, List<Column<M>> all, List<M> resources) {
        if (resources.isEmpty()) {
            terminal.err().println("no " + plural);
            return;
        }
        List<Column<M>> columns = all.stream()
                .filter(column -> format == Format.WIDE || !column.wide())
                .toList();
        Table table = new Table(columns.stream().map(Column::title).toList());
        resources.forEach(resource -> table.row(columns.stream()
                .map(column -> column.cell().apply(resource, now))
                .toList()));
        table.lines(terminal).forEach(terminal.out()::println);
    }
}
