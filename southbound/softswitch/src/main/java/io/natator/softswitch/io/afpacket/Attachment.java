package io.natator.softswitch.io.afpacket;

import io.natator.softswitch.io.linux.IngressDrop;
import java.io.IOException;

/**
 * All that belongs to one incarnation of an interface.
 *
 * @param ifindex what the kernel calls that incarnation
 */
record Attachment(int ifindex, IngressDrop drop, Ring ring, Sender sender) implements AutoCloseable {
    /** Opens an interface of the calling thread's network namespace. */
    static Attachment open(String name, int ifindex, Geometry geometry) throws IOException {
        IngressDrop drop = IngressDrop.on(name);
        try {
            Ring ring = new Ring(ifindex, geometry);
            try {
                return new Attachment(ifindex, drop, ring, new Sender(ifindex));
            } catch (IOException e) {
                ring.close();
                throw e;
            }
        } catch (IOException e) {
            drop.close();
            throw e;
        }
    }

    @Override
    public void close() {
        ring.close();
        sender.close();
        drop.close();
    }
}
