package io.natator.lab.command;

import io.natator.lab.bench.Benches;
import io.natator.lab.net.Target;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code natator lab bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Run all benchmarks, or those named. Each prints a table and writes bench/NAME.json.",
            "Contenders take turns in the same run; samples that somebody disturbed do not count."
        },
        footer = {
            "",
            "Examples:",
            "  natator lab bench",
            "  natator lab bench compile rules-install",
            "  natator lab bench --list",
        })
public final class BenchCommand extends LabTask {
    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            completionCandidates = Names.class,
            description = "${COMPLETION-CANDIDATES}")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Say what there is.")
    private boolean list;

    @Option(
            names = "--target",
            paramLabel = "DIR",
            description = "Where bench/NAME.json goes; apps/lab/target of the build if left out.")
    private Path target;

    @Override
    int run() {
        if (list) {
            Benches.about().forEach(out()::println);
            return 0;
        }
        Path dir = target == null ? Target.dir() : target;
        return Benches.run(names, out(), spec().commandLine().getErr(), dir) ? 0 : 1;
    }

    /** For completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Benches.names().iterator();
        }
    }
}
