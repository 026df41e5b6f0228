package io.natator.softswitch.io.linux;

import static io.natator.softswitch.io.linux.NetlinkWriter.ACK;
import static io.natator.softswitch.io.linux.NetlinkWriter.CREATE;
import static io.natator.softswitch.io.linux.NetlinkWriter.EXCLUSIVE;
import static io.natator.softswitch.io.linux.NetlinkWriter.REQUEST;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Keeps the kernel's own stack from handling what comes in at an interface: an nftables chain at the {@code ingress}
 * hook of family {@code netdev} that drops everything. Packet sockets see frames before that hook.
 *
 * <p>The table is owned (NFT_TABLE_F_OWNER, Linux 5.12) by a netlink socket that this object holds: the kernel removes it
 * when the socket is closed, that is at the latest when this process ends, however it ends. Nothing can be left behind.
 */
public final class IngressDrop implements AutoCloseable {
    private static final int NFPROTO_NETDEV = 5;
    private static final int NFTABLES = 10;
    private static final int BATCH_BEGIN = 0x10;
    private static final int BATCH_END = 0x11;
    private static final int NEW_TABLE = NFTABLES << 8;
    private static final int NEW_CHAIN = NFTABLES << 8 | 3;
    private static final int NO_SUCH_OPERATION = -95;

    private static final int TABLE_NAME = 1;
    private static final int TABLE_FLAGS = 2;
    private static final int OWNED = 2;
    private static final int CHAIN_TABLE = 1;
    private static final int CHAIN_NAME = 3;
    private static final int CHAIN_HOOK = 4;
    private static final int CHAIN_POLICY = 5;
    private static final int CHAIN_TYPE = 7;
    private static final int HOOK_NUMBER = 1;
    private static final int HOOK_PRIORITY = 2;
    private static final int HOOK_DEVICE = 3;
    private static final int INGRESS = 0;
    private static final int DROP = 0;

    private final Netlink netlink;
    private final String table;

    private IngressDrop(Netlink netlink) {
        this.netlink = netlink;
        this.table = "natator-" + Integer.toUnsignedString(netlink.port());
    }

    /** From now on the kernel does not handle what comes in at this interface of the calling thread's namespace. */
    public static IngressDrop on(String device) throws IOException {
        IngressDrop drop = new IngressDrop(new Netlink(Netlink.NETFILTER, 0));
        try {
            drop.netlink.send(drop.messages(device));
            drop.awaitAnswer(device);
            return drop;
        } catch (IOException e) {
            drop.close();
            throw e;
        }
    }

    /** The name of its table. */
    public String table() {
        return table;
    }

    private byte[] messages(String device) {
        byte[] batch = {0, 0, 0, NFTABLES};
        byte[] netdev = {NFPROTO_NETDEV, 0, 0, 0};
        NetlinkWriter out = new NetlinkWriter();
        out.message(BATCH_BEGIN, REQUEST).octets(batch);
        out.message(NEW_TABLE, REQUEST | CREATE | EXCLUSIVE)
                .octets(netdev)
                .string(TABLE_NAME, table)
                .big32(TABLE_FLAGS, OWNED);
        out.message(NEW_CHAIN, REQUEST | CREATE | ACK)
                .octets(netdev)
                .string(CHAIN_TABLE, table)
                .string(CHAIN_NAME, "ingress");
        int hook = out.nested(CHAIN_HOOK);
        out.big32(HOOK_NUMBER, INGRESS)
                .big32(HOOK_PRIORITY, 0)
                .string(HOOK_DEVICE, device)
                .endNested(hook)
                .big32(CHAIN_POLICY, DROP)
                .string(CHAIN_TYPE, "filter");
        out.message(BATCH_END, REQUEST).octets(batch);
        return out.toBytes();
    }

    /** Netfilter has done all of a batch, and answered, by the time that sending it returns. */
    private void awaitAnswer(String device) throws IOException {
        ByteBuffer answer = netlink.receive();
        int header = NetlinkWriter.header();
        if (answer.remaining() < header + 4 || answer.getShort(4) != Netlink.ERROR) {
            throw new IOException("ingress of " + device + ": netfilter does not answer");
        }
        int error = answer.getInt(header);
        if (error == NO_SUCH_OPERATION) {
            throw new IOException(
                    "ingress of " + device + ": the kernel has no nftables with owned tables (Linux 5.12)");
        }
        if (error != 0) {
            throw new IOException("ingress of " + device + ": " + Libc.text(-error));
        }
    }

    /** The kernel handles frames again. */
    @Override
    public void close() {
        netlink.close();
    }
}
