package io.natator.bgp;

import java.util.Locale;

/** What is counted; each where it is decided. Meanings are in {@code docs/bgp.md}. */
public enum Counter {
    CONNECTIONS_FROM_STRANGERS,
    CONNECTIONS_REFUSED,
    SESSIONS_ESTABLISHED,
    SESSIONS_ENDED,
    MESSAGES_MALFORMED,
    NOTIFICATIONS_SENT,
    NOTIFICATIONS_RECEIVED,
    UPDATES_SENT,
    UPDATES_RECEIVED,
    UPDATES_TREATED_AS_WITHDRAW,
    ATTRIBUTES_DISCARDED,
    ROUTES_REFUSED,
    ROUTES_SHADOWED,
    PREFIXES_UNCOUNTED,
    EVENTS_LOST,
    OBSERVERS_FAILED,
    BFD_PACKETS_SENT,
    BFD_PACKETS_NOT_SENT,
    BFD_PACKETS_RECEIVED,
    BFD_PACKETS_MALFORMED,
    BFD_PACKETS_FROM_STRANGERS,
    BFD_PACKETS_UNAUTHENTICATED,
    BFD_TTL_TOO_LOW,
    BFD_SESSIONS_UP,
    BFD_SESSIONS_FAILED,
    BFD_SESSIONS_REFUSED,
    BFD_FAILURES;

    /** {@code bgp_updates_sent}. */
    public String label() {
        return "bgp_" + name().toLowerCase(Locale.ROOT);
    }
}
