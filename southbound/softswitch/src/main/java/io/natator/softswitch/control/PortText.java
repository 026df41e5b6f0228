package io.natator.softswitch.control;

import io.natator.softswitch.flow.Event;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.io.PortCounters;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ports and what was counted at them. */
final class PortText {
    private PortText() {}

    static String of(Reply.Port port, String name) {
        PortCounters c = port.counters();
        return """
                port %d(%s): rx pkts=%d, bytes=%d, drop=%d (ring full), errs=%d (longer than the ring's frames)
                %s tx pkts=%d, bytes=%d, drop=%d (refused) + %d (down), errs=%d (longer than the MTU)""".formatted(
                        port.port(),
                        name,
                        c.rxPackets(),
                        c.rxBytes(),
                        c.rxRingFull(),
                        c.rxTruncated(),
                        " ".repeat(("port " + port.port() + "(" + name + "):").length()),
                        c.txPackets(),
                        c.txBytes(),
                        c.txRefused(),
                        c.txDown(),
                        c.txTooLong());
    }

    static Map<String, Object> json(Reply.Port port, String name) {
        PortCounters c = port.counters();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("port", Integer.toUnsignedLong(port.port()));
        all.put("name", name);
        all.put("rx_packets", c.rxPackets());
        all.put("rx_bytes", c.rxBytes());
        all.put("rx_ring_full", c.rxRingFull());
        all.put("rx_truncated", c.rxTruncated());
        all.put("tx_packets", c.txPackets());
        all.put("tx_bytes", c.txBytes());
        all.put("tx_too_long", c.txTooLong());
        all.put("tx_refused", c.txRefused());
        all.put("tx_down", c.txDown());
        return all;
    }

    static String of(Event.PortDescription port) {
        return "%d(%s): addr:%s mtu:%d %s%s"
                .formatted(
                        port.port(),
                        port.name(),
                        "%012x".formatted(port.mac()).replaceAll("(..)(?!$)", "$1:"),
                        port.mtu(),
                        port.linkUp() ? "LIVE" : "LINK_DOWN",
                        port.config() == 0 ? "" : " config:0x" + Integer.toHexString(port.config()));
    }
}
