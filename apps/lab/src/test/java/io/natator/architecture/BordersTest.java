package io.natator.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Keeps the table of docs/architecture.md: which folder may depend on which, and what stays pure. */
class BordersTest {
    private static final JavaClasses NATATOR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.natator");

    /** Module (the package below io.natator) → the modules it may use. The lab drives everything. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("v1", Set.of()),
            Map.entry("model", Set.of()),
            Map.entry("core", Set.of("model")),
            Map.entry("nat", Set.of("model")),
            Map.entry("hostroute", Set.of("model")),
            Map.entry("packet", Set.of()),
            Map.entry("openflow", Set.of("model", "packet")),
            Map.entry("bgp", Set.of("model")),
            Map.entry("softswitch", Set.of("model", "packet", "openflow")),
            Map.entry("cli", Set.of("v1")),
            Map.entry(
                    "server",
                    Set.of("v1", "model", "core", "nat", "hostroute", "packet", "openflow", "bgp", "softswitch")),
            Map.entry(
                    "lab",
                    Set.of(
                            "v1",
                            "model",
                            "core",
                            "nat",
                            "hostroute",
                            "packet",
                            "openflow",
                            "bgp",
                            "softswitch",
                            "cli",
                            "server")));

    private static final String[] PURE = {
        "io.natator.model..",
        "io.natator.nat..",
        "io.natator.hostroute..",
        "..codec..",
        "..fsm..",
        "..steps..",
        "io.natator.softswitch.flow..",
        "io.natator.softswitch.frame.."
    };

    /** Classes that read a clock; what else they do (comparing, adding) is arithmetic. */
    private static final Set<String> CLOCKS =
            Set.of("now", "currentTimeMillis", "nanoTime", "systemUTC", "systemDefaultZone");

    @Test
    void everyModuleIsInTheTable() {
        assertThat(NATATOR.stream().map(BordersTest::module).distinct()).containsAll(MAY_USE.keySet());
        assertThat(NATATOR.stream().map(BordersTest::module))
                .filteredOn(module -> !module.equals("architecture"))
                .allSatisfy(module -> assertThat(MAY_USE).containsKey(module));
    }

    @TestFactory
    Stream<DynamicTest> modulesUseOnlyWhatTheyMay() {
        return MAY_USE.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    List<String> allowed = new ArrayList<>();
                    allowed.add("io.natator." + entry.getKey() + "..");
                    entry.getValue().forEach(module -> allowed.add("io.natator." + module + ".."));
                    classes()
                            .that()
                            .resideInAPackage("io.natator." + entry.getKey() + "..")
                            .should()
                            .onlyDependOnClassesThat(DescribedPredicate.describe(
                                    "are of others or of " + allowed,
                                    used -> !used.getPackageName().startsWith("io.natator.")
                                            || JavaClass.Predicates.resideInAnyPackage(allowed.toArray(String[]::new))
                                                    .test(used)))
                            .check(NATATOR);
                }));
    }

    @Test
    void pureCodeHasNoSocketsFilesThreadsOrLogging() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.nio.channels..",
                        "java.nio.file..",
                        "java.sql..",
                        "java.util.logging..",
                        "org.slf4j..",
                        "ch.qos.logback..",
                        "io.netty.channel..",
                        "io.grpc..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.net\\..*Socket.*|java\\.io\\.File.*|java\\.io\\.PrintStream|java\\.lang\\.(Thread|Process).*"
                                + "|java\\.util\\.Timer.*|java\\.util\\.concurrent\\..*(Execut|ThreadLocalRandom).*")
                .check(NATATOR);
    }

    /** The ports of southbounds may promise an answer; nothing else that is pure waits for one. */
    @Test
    void pureCodeHasNoFuturesButThoseOfPorts() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .and()
                .resideOutsideOfPackage("io.natator.model.southbound")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.concurrent\\..*Future.*")
                .check(NATATOR);
    }

    @Test
    void pureCodeReadsNoClockAndNoUnseededChance() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callCodeUnitWhere(DescribedPredicate.describe("it reads a clock", BordersTest::readsClock))
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .check(NATATOR);
    }

    private static boolean readsClock(JavaCall<?> call) {
        CodeUnitCallTarget target = call.getTarget();
        String owner = target.getOwner().getName();
        return CLOCKS.contains(target.getName())
                && (owner.equals(System.class.getName())
                        || owner.equals(Clock.class.getName())
                        || owner.startsWith("java.time."));
    }

    /** The name below io.natator, which is the module's. */
    private static String module(JavaClass javaClass) {
        String[] names = javaClass.getPackageName().split("\\.", -1);
        return names.length > 2 ? names[2] : "";
    }
}
