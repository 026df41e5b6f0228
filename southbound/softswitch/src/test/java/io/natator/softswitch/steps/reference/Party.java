package io.natator.softswitch.steps.reference;

/** Address and port, or address and query identifier; protocols without have port 0. */
public record Party(String address, int port) {
    Party withoutPort() {
        return new Party(address, 0);
    }

    @Override
    public String toString() {
        return address + ":" + port;
    }
}
