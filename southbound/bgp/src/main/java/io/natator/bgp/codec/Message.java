package io.natator.bgp.codec;

/** One BGP message (RFC 4271, section 4; RFC 2918). */
public sealed interface Message permits Open, Update, Notification, Keepalive, RouteRefresh {}
