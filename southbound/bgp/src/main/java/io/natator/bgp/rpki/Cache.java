package io.natator.bgp.rpki;

/**
 * Where a cache is.
 *
 * @param host name or address
 * @param port TCP, 1 to 65535; IANA's is 323
 */
public record Cache(String host, int port) {
    /** {@code HOST:PORT}. */
    public String label() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
