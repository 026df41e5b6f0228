package io.natator.lab.net;

import io.natator.lab.LabException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** What the switch of a lab is. */
public enum SwitchKind {
    /** Open vSwitch with its userspace datapath. */
    OVS("Open vSwitch"),
    /** Natator's own software switch. */
    NATATOR("Natator's software switch");

    private final String title;

    SwitchKind(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** As options name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code ovs}, {@code natator}, or {@code auto}: Open vSwitch if it is installed. */
    public static SwitchKind of(String word) {
        if (word.equals("auto")) {
            return isInstalled("ovs-vswitchd") ? OVS : NATATOR;
        }
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new LabException("no switch \"" + word + "\": there are ovs, natator and auto"));
    }

    /** What the system property {@code natator.switch} says; {@code auto} without it. */
    public static SwitchKind ofProperty() {
        return of(System.getProperty("natator.switch", "auto"));
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":", -1))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
    }
}
