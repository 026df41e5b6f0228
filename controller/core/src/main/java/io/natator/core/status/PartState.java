package io.natator.core.status;

/** Life of one translation on one device. */
public enum PartState {
    /** Waits for the device to connect, or for a port or next hop. */
    PENDING,
    /** Rules are on their way. */
    INSTALLING,
    /** Rules are in; a probe has yet to come back rewritten as expected. */
    PROVING,
    /** Proved in both directions; may be announced. */
    ACTIVE,
    /** Withdrawn; rules stay until traffic has stopped. */
    DRAINING,
    /** Not, or not wholly, translated. */
    DEGRADED
}
