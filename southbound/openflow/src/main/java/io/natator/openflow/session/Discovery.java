package io.natator.openflow.session;

import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.device.Capabilities.Port;
import io.natator.model.device.Capabilities.Table;
import io.natator.openflow.codec.Field;
import io.natator.openflow.codec.TableFeatures;
import io.natator.openflow.codec.Wire;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.projectfloodlight.openflow.protocol.OFDescStatsReply;
import org.projectfloodlight.openflow.protocol.OFFeaturesReply;
import org.projectfloodlight.openflow.protocol.OFPortConfig;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortReason;
import org.projectfloodlight.openflow.protocol.OFPortState;
import org.projectfloodlight.openflow.protocol.OFPortStatus;

/** Gathers what a device says of itself, and concludes what it can do. */
final class Discovery {
    private static final String OPEN_VSWITCH = "Open vSwitch";
    private static final int MAX_PORTS = 65_536;

    private final int version;
    private final OFFeaturesReply features;
    private final List<TableFeatures> tables = new ArrayList<>();
    private final SortedMap<Integer, Port> ports = new TreeMap<>();
    private String manufacturer = "";
    private String hardware = "";
    private String software = "";
    private boolean bundles;

    Discovery(int version, OFFeaturesReply features) {
        this.version = version;
        this.features = features;
    }

    void description(OFDescStatsReply d) {
        manufacturer = d.getMfrDesc();
        hardware = d.getHwDesc();
        software = d.getSwDesc();
    }

    /** A bundle could be opened. */
    void hasBundles() {
        bundles = true;
    }

    List<TableFeatures> tables() {
        return tables;
    }

    /** Adds or replaces a port. */
    void port(OFPortDesc p) {
        if (ports.size() < MAX_PORTS) {
            int number = p.getPortNo().getPortNumber();
            boolean down = p.getState().contains(OFPortState.LINK_DOWN)
                    || p.getConfig().contains(OFPortConfig.PORT_DOWN);
            ports.put(number, new Port(number, p.getName(), p.getHwAddr().toString(), !down));
        }
    }

    /** A port came, changed or went. */
    void port(OFPortStatus status) {
        if (status.getReason() == OFPortReason.DELETE) {
            ports.remove(status.getDesc().getPortNo().getPortNumber());
        } else {
            port(status.getDesc());
        }
    }

    List<Port> ports() {
        return List.copyOf(ports.values());
    }

    /** Open vSwitch has Nicira's extensions and EXT-230; of others only what they say, until an error says otherwise. */
    Capabilities capabilities() {
        Set<Feature> can =
                hardware.equals(OPEN_VSWITCH) ? EnumSet.complementOf(EnumSet.of(Feature.TRANSLATE)) : claimed();
        return new Capabilities(version, manufacturer, hardware, software, can, usable(), ports());
    }

    private Set<Feature> claimed() {
        Set<Feature> can = EnumSet.of(Feature.NORMAL);
        if (bundles) {
            can.add(Feature.BUNDLES);
        }
        if (tables.stream().anyMatch(t -> t.nicira().contains(Wire.NX_REG_LOAD))) {
            can.add(Feature.MASKED_SET_FIELD);
        }
        if (tables.stream().anyMatch(t -> t.nicira().contains(Wire.NX_REG_MOVE))) {
            can.add(Feature.MOVE);
        }
        if (tables.stream().anyMatch(t -> t.natator().contains(Wire.NATATOR_TRANSLATE))) {
            can.add(Feature.TRANSLATE);
        }
        if (tables.stream().anyMatch(t -> t.match().contains(Field.IP_TTL))) {
            can.add(Feature.MATCH_TTL);
        }
        if (tables.stream().anyMatch(t -> t.metadataMatch() != 0 && t.metadataWrite() != 0)) {
            can.add(Feature.METADATA);
        }
        if (tables.stream().anyMatch(t -> t.setField().containsAll(Set.of(Field.ARP_SPA, Field.ARP_TPA)))) {
            can.add(Feature.SET_ARP);
        }
        if (tables.stream().anyMatch(t -> t.setField().contains(Field.ND_TARGET))) {
            can.add(Feature.SET_ND);
        }
        if (tables.stream().anyMatch(t -> t.setField().contains(Field.NX_IN_PORT))) {
            can.add(Feature.SET_IN_PORT);
        }
        if (tables.stream().anyMatch(t -> t.maskable().containsAll(Set.of(Field.ARP_SPA, Field.ARP_TPA)))) {
            can.add(Feature.MASKED_ARP_ND_MATCH);
        }
        return can;
    }

    private SortedMap<Integer, Table> usable() {
        SortedMap<Integer, Table> usable = new TreeMap<>();
        for (TableFeatures t : tables) {
            if (t.table() <= Wire.TABLE_MAX) {
                usable.put(t.table(), new Table(t.name(), (int) Math.min(t.maxEntries(), Integer.MAX_VALUE)));
            }
        }
        for (int i = 0; usable.size() < features.getNTables() && tables.isEmpty() && i <= Wire.TABLE_MAX; i++) {
            usable.put(i, new Table("", Integer.MAX_VALUE));
        }
        return usable;
    }
}
