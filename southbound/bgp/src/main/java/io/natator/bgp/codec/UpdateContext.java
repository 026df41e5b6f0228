package io.natator.bgp.codec;

/**
 * What of the session decides how an UPDATE is read and written.
 *
 * @param fourOctetAs both sides have the capability (RFC 6793)
 * @param internal both sides are of one AS (iBGP)
 */
public record UpdateContext(boolean fourOctetAs, boolean internal) {}
