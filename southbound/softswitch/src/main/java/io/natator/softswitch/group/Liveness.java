package io.natator.softswitch.group;

/** Whether what a bucket watches can forward (OpenFlow 1.3.5, section 6.5). */
interface Liveness {
    /** The port is there, not put down, and has a link. */
    boolean port(int port);

    /** One of the group's buckets is live, looking through at most {@code depth} more groups. */
    boolean group(int group, int depth);
}
