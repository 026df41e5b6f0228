package io.natator.softswitch.steps.reference;

/**
 * A fragment.
 *
 * @param id identification of its datagram
 * @param number of this one among the fragments, from 0
 * @param offset in units of eight octets
 * @param octets of payload
 * @param last none follows
 */
public record Piece(int id, int number, int offset, int octets, boolean last) {
    int end() {
        return offset + (octets + 7) / 8;
    }
}
