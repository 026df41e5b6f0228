package io.natator.cli.command;

import io.natator.cli.ExitCode;
import io.natator.cli.client.Client;
import io.natator.cli.kind.Kinds;
import io.natator.cli.output.Messages;
import io.natator.cli.output.Style;
import io.natator.cli.output.Table;
import io.natator.cli.output.Words;
import io.natator.v1.Announcement;
import io.natator.v1.Device;
import io.natator.v1.Neighbor;
import io.natator.v1.Translation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code natator status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Tells on one screen how all is, and what is wrong.",
        footer = {
            "",
            "Exit codes: 0 all is well, 3 something is not, 4 no daemon answers.",
            "",
            "Examples:",
            "  natator status",
            "  natator status -o json | jq -r '.problems[]'",
            "  until natator status; do sleep 1; done > /dev/null",
        })
public final class StatusCommand extends ClientCommand {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; table if left out.")
    private OneFormat format;

    @Override
    int run(Client client) {
        List<Device> devices = Kinds.DEVICE.listAll(client);
        List<Neighbor> neighbors = Kinds.NEIGHBOR.listAll(client);
        List<Translation> translations = Kinds.TRANSLATION.listAll(client);
        List<Announcement> announcements = Kinds.ANNOUNCEMENT.listAll(client);
        List<String> wrong = Wellbeing.problems(devices, neighbors, translations, announcements);
        switch (format) {
            case TABLE -> screen(client, devices, neighbors, translations, announcements, wrong);
            case JSON ->
                terminal().out().println(Messages.json(report(wrong, devices, neighbors, translations, announcements)));
            case YAML ->
                terminal().out().print(Messages.yaml(report(wrong, devices, neighbors, translations, announcements)));
        }
        return wrong.isEmpty() ? ExitCode.OK : ExitCode.NOT_AS_WISHED;
    }

    /** What a script wants to know: is all well, why not, and every resource. */
    private static Map<String, String> report(
            List<String> wrong,
            List<Device> devices,
            List<Neighbor> neighbors,
            List<Translation> translations,
            List<Announcement> announcements) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("well", Boolean.toString(wrong.isEmpty()));
        members.put("problems", Messages.jsonStrings(wrong));
        members.put("devices", Messages.json(devices));
        members.put("neighbors", Messages.json(neighbors));
        members.put("translations", Messages.json(translations));
        members.put("announcements", Messages.json(announcements));
        return members;
    }

    private void screen(
            Client client,
            List<Device> devices,
            List<Neighbor> neighbors,
            List<Translation> translations,
            List<Announcement> announcements,
            List<String> wrong) {
        print("Daemon", client.address() + ", serving");
        section("Devices", StatusTables.devices(devices), devices.isEmpty());
        section("Neighbors", StatusTables.neighbors(neighbors), neighbors.isEmpty());
        section("Translations", StatusTables.translations(translations), translations.isEmpty());
        print("Announcements", told(announcements));
        terminal().out().println();
        if (wrong.isEmpty()) {
            terminal().out().println(terminal().paint(Style.GOOD, "All is well."));
            return;
        }
        terminal().out().println(terminal().paint(Style.BAD, "Not well:"));
        wrong.forEach(line -> terminal().out().println("  " + line));
    }

    private static String told(List<Announcement> announcements) {
        long sent = announcements.stream()
                .filter(announcement -> announcement.getSentToCount() > 0)
                .count();
        return switch (announcements.size()) {
            case 0 -> "none";
            case 1 -> "1 prefix, " + (sent == 1 ? "sent" : "sent to nobody");
            default -> Words.number(announcements.size()) + " prefixes, " + Words.number(sent) + " of them sent";
        };
    }

    private void print(String title, String text) {
        terminal().out().println(terminal().paint(Style.BOLD, title + ":") + " " + text);
    }

    private void section(String title, Table table, boolean empty) {
        if (empty) {
            print(title, "none");
            return;
        }
        terminal().out().println(terminal().paint(Style.BOLD, title + ":"));
        table.lines(terminal()).forEach(line -> terminal().out().println("  " + line));
    }
}
