package io.natator.softswitch.config;

/** What happens while no controller is connected (section 6.3.2). */
public enum FailMode {
    /** What is installed goes on, and nothing else. */
    SECURE,
    /** After a while all packets go to the port NORMAL, until a controller is back. */
    STANDALONE
}
