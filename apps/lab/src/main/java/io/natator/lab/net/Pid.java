package io.natator.lab.net;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that cannot be mistaken for another: numbers are used again, start times are not.
 *
 * @param name for people
 * @param pid its number
 * @param start clock ticks after boot at which it started (proc(5), field 22 of the status line)
 */
public record Pid(String name, long pid, long start) {

    /** The process that has this number now; empty if there is none. */
    public static Optional<Pid> of(String name, long pid) {
        return startOf(pid).map(start -> new Pid(name, pid, start));
    }

    /** The process that runs this code. */
    public static Pid self() {
        return of("lab", ProcessHandle.current().pid()).orElseThrow();
    }

    /** True while this very process runs; one that has ended and was not yet waited for does not. */
    @JsonIgnore
    public boolean isAlive() {
        return startOf(pid).filter(now -> now == start).isPresent();
    }

    /** Sends SIGTERM or, {@code forcibly}, SIGKILL, if it still runs. */
    public void kill(boolean forcibly) {
        if (isAlive()) {
            ProcessHandle.of(pid).ifPresent(handle -> {
                if (forcibly) {
                    handle.destroyForcibly();
                } else {
                    handle.destroy();
                }
            });
        }
    }

    /** CPU time since its start, all threads, in clock ticks; 0 once it has gone. */
    public long cpuTicks() {
        return stat(pid)
                .map(fields -> Long.parseLong(fields[11]) + Long.parseLong(fields[12]))
                .orElse(0L);
    }

    private static Optional<Long> startOf(long pid) {
        return stat(pid)
                .filter(fields -> !fields[0].equals("Z") && !fields[0].equals("X"))
                .map(fields -> Long.parseLong(fields[19]));
    }

    /** The status line from field 3 on. */
    private static Optional<String[]> stat(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name, field 2, is in parentheses and may hold anything.
            return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
