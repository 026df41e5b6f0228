package io.natator.bgp.ribout;

import org.onlab.packet.IpPrefix;

/**
 * Something that neighbours may be told, with a small number, so that what is known about it in one place or another
 * can stand in arrays.
 */
abstract sealed class Slot permits Route, Candidate {
    private final IpPrefix prefix;
    private int number;
    /** Places where it is still to be withdrawn; until then its number is not given to another. */
    private int holders;

    Slot(IpPrefix prefix) {
        this.prefix = prefix;
    }

    IpPrefix prefix() {
        return prefix;
    }

    int number() {
        return number;
    }

    void number(int given) {
        number = given;
    }

    boolean isHeld() {
        return holders > 0;
    }

    void hold() {
        holders++;
    }

    void release() {
        holders--;
    }

    /** The prefix as a whole. */
    abstract Route route();
}
