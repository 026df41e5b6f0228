package io.natator.lab.net;

import io.natator.lab.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end. */
public final class Shell {
    /** No command of the lab takes longer than this by itself. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Shell() {}

    /**
     * What a command said.
     *
     * @param exit its exit code
     * @param out standard output
     * @param err standard error
     */
    public record Result(int exit, String out, String err) {
        /** Both streams, as a person would have seen them. */
        public String all() {
            return err.isEmpty() ? out : out + err;
        }
    }

    /** Output of a command that must succeed. */
    public static String run(List<String> command) {
        Result result = attempt(command, LIMIT);
        if (result.exit() != 0) {
            throw new LabException(shortly(command) + ": exit code " + result.exit() + ": "
                    + result.all().strip());
        }
        return result.out();
    }

    /** Output of a command that must succeed. */
    public static String run(String... command) {
        return run(List.of(command));
    }

    /** Runs a command that may fail. */
    public static Result attempt(List<String> command) {
        return attempt(command, LIMIT);
    }

    /** Runs a command that may fail; one that takes longer than {@code limit} is killed. */
    public static Result attempt(List<String> command, Duration limit) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .start();
            var err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), Thread::startVirtualThread);
            var out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()), Thread::startVirtualThread);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new LabException(shortly(command) + ": not done after " + limit.toSeconds() + " s");
            }
            return new Result(process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new LabException(
                    command.getFirst() + " cannot be run: " + e.getMessage() + " (is its package installed?)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException(command.getFirst() + ": interrupted", e);
        }
    }

    private static String text(java.io.InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** A command for people: class paths are of no interest to them. */
    private static String shortly(List<String> command) {
        int main = command.indexOf("io.natator.lab.Main");
        return main < 0
                ? String.join(" ", command)
                : "natator " + String.join(" ", command.subList(main + 1, command.size()));
    }
}
