package io.natator.lab.bench;

import io.natator.lab.LabException;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Pid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** BIRD as an announcer of static routes, and as a receiver. */
final class BgpBird implements AutoCloseable {
    private static final Pattern COUNT = Pattern.compile("(\\d+) of \\d+ routes");

    private final Path routes;
    private final Pid pid;
    private final Control control;

    private BgpBird(Path routes, Pid pid, Control control) {
        this.routes = routes;
        this.pid = pid;
        this.control = control;
    }

    /** @param sessions {@code protocol bgp} sections */
    static BgpBird start(Path dir, Namespace namespace, String name, String sessions) {
        Path routes = dir.resolve(name + "-routes.conf");
        try {
            Files.writeString(routes, "");
            Files.writeString(dir.resolve(name + ".conf"), """
                    log "%1$s/%2$s.log" { warning, error, fatal };
                    router id 10.255.0.2;
                    protocol device {}
                    protocol kernel { learn; scan time 3600; ipv4 { import where krt_source = 99; export none; }; }
                    protocol static announced { ipv4;
                    include "%1$s/%2$s-routes.conf";
                    }
                    %3$s
                    """.formatted(dir, name, sessions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Pid pid = namespace.start(
                name,
                List.of(
                        "bird",
                        "-f",
                        "-c",
                        dir + "/" + name + ".conf",
                        "-s",
                        dir + "/" + name + ".ctl",
                        "-P",
                        dir + "/" + name + ".pid"));
        Control control = new Control(dir.resolve(name + ".ctl"));
        BgpBird bird = new BgpBird(routes, pid, control);
        bird.answer();
        return bird;
    }

    /** Reads an answer up to its last line, the one whose code a blank follows and that is no continuation. */
    private String answer() {
        StringBuilder all = new StringBuilder();
        while (true) {
            String line = control.line();
            all.append(line).append('\n');
            boolean last = line.length() >= 5 && line.charAt(4) == ' ' && Character.isDigit(line.charAt(0));
            if (last) {
                return all.toString();
            }
        }
    }

    /** Writes what {@link #configure} will read: static routes. */
    void write(List<String> lines) {
        try {
            Files.write(routes, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads its configuration again, and waits until it says that it has. */
    void configure() {
        control.send("configure");
        String answer = answer();
        if (!answer.contains("0003 ") && !answer.contains("0004 ")) {
            throw new LabException("BIRD: " + answer);
        }
    }

    /** Routes in its table. */
    int count() {
        control.send("show route count");
        Matcher matcher = COUNT.matcher(answer());
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    boolean isUp(String protocol) {
        control.send("show protocols " + protocol);
        return answer().contains("Established");
    }

    Pid pid() {
        return pid;
    }

    @Override
    public void close() {
        control.close();
    }
}
