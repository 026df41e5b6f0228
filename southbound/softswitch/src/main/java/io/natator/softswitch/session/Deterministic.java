package io.natator.softswitch.session;

/**
 * Ports that can be told from the inside address, and the inside address from these (RFC 7422): the hosts of the inside
 * prefix, in order, have equal ranges; the first ones those of the first outside address, and so on.
 *
 * @param hosts of the inside prefix
 * @param addresses outside
 * @param firstPort of each address
 * @param ports of one host
 * @param hostsPerAddress hosts that share one
 */
public record Deterministic(long hosts, int addresses, int firstPort, int ports, int hostsPerAddress) {
    /**
     * @param block ports of one host; 0: as many as there can be
     * @return of no {@link #ports} if they are not enough
     */
    static Deterministic of(long hosts, int addresses, int firstPort, int lastPort, int block) {
        int perAddress = (int) Math.min(65536, (hosts + addresses - 1) / addresses);
        int all = lastPort - firstPort + 1;
        int most = (long) perAddress * addresses < hosts ? 0 : all / perAddress;
        int ports = block == 0 ? most : block <= most ? block : 0;
        return new Deterministic(hosts, addresses, firstPort, ports, perAddress);
    }

    /**
     * Which outside address a host has.
     *
     * @param host number in the inside prefix
     */
    int address(long host) {
        return (int) (host / hostsPerAddress);
    }

    /** Its first port. */
    int first(long host) {
        return firstPort + (int) (host % hostsPerAddress) * ports;
    }

    /** The inverse: which host has a port of an address; −1 if none has. */
    long host(int address, int port) {
        int place = Math.floorDiv(port - firstPort, ports);
        long host = (long) address * hostsPerAddress + place;
        return place < 0 || place >= hostsPerAddress || host >= hosts ? -1 : host;
    }
}
