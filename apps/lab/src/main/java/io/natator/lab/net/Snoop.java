package io.natator.lab.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Listens in on what a bridge and its controller say to each other ({@code ovs-ofctl snoop}). */
public final class Snoop implements LabSwitch.FlowModCount {
    private final Path log;
    private final Pid process;

    Snoop(Path log, Pid process) {
        this.log = log;
        this.process = process;
    }

    /** Messages so far that add, change or delete flows. */
    @Override
    public long flowMods() {
        return count("OFPT_FLOW_MOD") + count("OFPT_BUNDLE_ADD_MESSAGE");
    }

    /** Messages so far whose line begins so. */
    public long count(String type) {
        try (var lines = Files.lines(log, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(type)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.kill(true);
    }
}
