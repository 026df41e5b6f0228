package io.natator.bgp.it;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What happens to a kernel's routes, with the time at which it did ({@code ip -ts monitor route}). */
final class RouteMonitor implements AutoCloseable {
    private final Child child;

    RouteMonitor(Path log, TwoNamespaces namespaces) {
        List<String> command = new ArrayList<>(Arrays.asList(namespaces.inPeer()));
        command.addAll(List.of("stdbuf", "-oL", "ip", "-ts", "monitor", "route"));
        child = new Child(log, "iproute2", command);
    }

    /** When a route was last deleted at or after {@code from}. */
    Optional<Instant> deleted(String address, Instant from) {
        Pattern line = Pattern.compile("\\[([0-9T:.-]+)\\] *Deleted " + Pattern.quote(address) + " ");
        Matcher matcher = line.matcher(child.log());
        Optional<Instant> last = Optional.empty();
        while (matcher.find()) {
            Instant at = LocalDateTime.parse(matcher.group(1))
                    .atZone(ZoneId.systemDefault())
                    .toInstant();
            last = at.isBefore(from) ? last : Optional.of(at);
        }
        return last;
    }

    String log() {
        return child.log();
    }

    @Override
    public void close() {
        child.kill();
    }
}
