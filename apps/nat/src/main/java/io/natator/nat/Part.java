package io.natator.nat;

import java.util.List;
import org.onlab.packet.IpPrefix;

/**
 * What one software switch does of one translation.
 *
 * @param client id of the device whose translation it is
 * @param translation its id
 * @param index of all parts of the translation, from 0
 * @param device id of the software switch
 * @param inside hosts that are served there
 * @param outside STATIC: their prefix; else the addresses that are given away there, disjoint, in order
 */
record Part(String client, String translation, int index, String device, IpPrefix inside, List<IpPrefix> outside) {

    /** What names it: it has one identity wherever it is. */
    record Key(String client, String translation, int index) {}

    Part {
        outside = List.copyOf(outside);
    }

    Key key() {
        return new Key(client, translation, index);
    }
}
