package io.natator.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The outcome of one benchmark.
 *
 * @param bench its name
 * @param unit of all values
 * @param natator our median
 * @param contenders the others' medians, by name, in order
 * @param samples all that were taken
 * @param disturbed true if too few samples were undisturbed
 * @param target in words, for people
 * @param met true if the target is met
 * @param further other figures, by name
 */
record Report(
        String bench,
        String unit,
        double natator,
        Map<String, Double> contenders,
        List<Contest.Measured> samples,
        boolean disturbed,
        String target,
        boolean met,
        Map<String, Object> further) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * Nobody to compare with: seconds that must not be more than a limit.
     *
     * @param natator the only contender
     */
    static Report withinLimit(
            String bench,
            Contender natator,
            List<Contest.Measured> samples,
            double limitSeconds,
            String target,
            Map<String, Object> further) {
        double seconds = Contest.median(Contender.NATATOR, samples);
        return new Report(
                bench,
                "s",
                seconds,
                Map.of("limit", limitSeconds),
                samples,
                Contest.disturbed(List.of(natator), samples),
                target,
                seconds <= limitSeconds,
                further);
    }

    /** Ours through the first contender's. */
    double ratio() {
        return natator / contenders.values().iterator().next();
    }

    private Stream<Contest.Measured> counted() {
        return samples.stream()
                .map(Contest.Measured::contender)
                .distinct()
                .flatMap(contender -> Contest.counted(contender, samples).stream());
    }

    /** Writes {@code NAME.json} into {@code dir}. */
    void write(Path dir) throws IOException {
        List<Map<String, Object>> others = contenders.entrySet().stream()
                .map(e -> ordered("name", e.getKey(), "value", e.getValue()))
                .toList();
        Map<String, Object> all = ordered(
                "bench", bench,
                "unit", unit,
                "natator", natator,
                "contender", others.size() == 1 ? others.getFirst() : others,
                "ratio", ratio(),
                "samples",
                        samples.stream()
                                .map(s -> ordered(
                                        "contender", s.contender(),
                                        "value", s.value(),
                                        "spin", s.spin(),
                                        "disturbed", s.disturbed()))
                                .toList(),
                "spin", counted().mapToDouble(Contest.Measured::spin).max().orElse(0),
                "disturbed", disturbed,
                "target", target,
                "met", met);
        all.putAll(further);
        Files.createDirectories(dir);
        JSON.writeValue(dir.resolve(bench + ".json").toFile(), all);
    }

    /** A table for people. */
    void print(PrintWriter out) {
        out.printf("%n%s (%s)%s%n", bench, unit, disturbed ? "  DISTURBED: somebody else used the machine" : "");
        out.printf("  %-40s %,16.3f%n", "natator", natator);
        contenders.forEach((name, value) -> out.printf("  %-40s %,16.3f%n", name, value));
        out.printf("  %-40s %,16.3f%n", "ratio", ratio());
        further.forEach((name, value) -> out.printf(
                "  %-40s %16s%n", name, value instanceof Double d ? "%,.3f".formatted(d) : value.toString()));
        out.printf("  target: %s: %s%n", target, met ? "met" : "NOT MET");
        out.flush();
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
