package io.natator.softswitch.steps.reference;

/**
 * A packet as far as sessions care. Of ICMP both ports are the identifier, and flags are the type.
 *
 * @param flags TCP's flags, ICMP's type
 * @param mss what a TCP SYN says; 0: nothing
 */
public record Flow(int protocol, Party src, Party dst, int flags, int mss) {
    public boolean isIcmp() {
        return protocol == 1 || protocol == 58;
    }

    boolean hasPorts() {
        return protocol == 6 || protocol == 17;
    }

    /** The same from another address and port. */
    public Flow from(Party now) {
        return new Flow(protocol, now, isIcmp() ? new Party(dst.address(), now.port()) : dst, flags, mss);
    }

    /** The same to another address and port. */
    public Flow to(Party now) {
        return new Flow(protocol, isIcmp() ? new Party(src.address(), now.port()) : src, now, flags, mss);
    }

    /** The same of another protocol and type. */
    Flow as(int of, int type) {
        return new Flow(of, src, dst, type, mss);
    }

    Flow fromAddress(String address) {
        return new Flow(protocol, new Party(address, src.port()), dst, flags, mss);
    }

    Flow toAddress(String address) {
        return new Flow(protocol, src, new Party(address, dst.port()), flags, mss);
    }

    Flow clamped(int most) {
        return most > 0 && mss > most ? new Flow(protocol, src, dst, flags, most) : this;
    }

    /** The remote's port counts with TCP and UDP only. */
    public Party remote(boolean isSource) {
        Party party = isSource ? src : dst;
        return hasPorts() ? party : party.withoutPort();
    }

    /** ICMP's echo and timestamp requests. */
    boolean asks() {
        return flags == 8 || flags == 13;
    }

    /** Their replies. */
    boolean answers() {
        return flags == 0 || flags == 14;
    }
}
