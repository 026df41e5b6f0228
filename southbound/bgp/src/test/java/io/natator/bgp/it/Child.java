package io.natator.bgp.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process of a test's own, with its output in a file. */
final class Child {
    private static final int READY_SECONDS = 15;

    private final Process process;
    private final Path log;
    private final String debianPackage;

    /** @param debianPackage that brings the command, for those who lack it */
    Child(Path log, String debianPackage, List<String> command) {
        this.log = log;
        this.debianPackage = debianPackage;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(hint(command.toString()), e);
        }
    }

    private String hint(String what) {
        return what + " does not start (is the Debian package " + debianPackage + " installed?)";
    }

    /** Waits until its output so far is {@code ready}; a process that ends before fails the test. */
    Child await(String what, Predicate<String> ready) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (!ready.test(log())) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                kill();
                throw new IllegalStateException(hint(what) + ": " + log());
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return this;
    }

    String log() {
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}, its children as well. */
    void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
