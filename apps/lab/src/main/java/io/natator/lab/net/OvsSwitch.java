package io.natator.lab.net;

import java.util.List;
import java.util.Map;

/** A bridge of an Open vSwitch of its own. */
public final class OvsSwitch implements LabSwitch {
    private final OpenVSwitch ovs;
    private final String bridge;

    private OvsSwitch(OpenVSwitch ovs, String bridge) {
        this.ovs = ovs;
        this.bridge = bridge;
    }

    /** A bridge with two ports, 1 and 2. */
    static OvsSwitch start(Inventory inventory, Namespace namespace, String bridge, long datapathId) {
        OpenVSwitch ovs = OpenVSwitch.start(inventory, namespace);
        ovs.addBridge(bridge, datapathId);
        ovs.addPort(bridge, "inside", 1);
        ovs.addPort(bridge, "outside", 2);
        return new OvsSwitch(ovs, bridge);
    }

    @Override
    public void addPort(String device, int number) {
        ovs.addPort(bridge, device, number);
    }

    @Override
    public SwitchKind kind() {
        return SwitchKind.OVS;
    }

    @Override
    public void connect(String controller) {
        ovs.setController(bridge, controller);
    }

    @Override
    public void kill() {
        ovs.kill();
    }

    @Override
    public void start() {
        ovs.startSwitch(List.of());
    }

    @Override
    public List<String> flows() {
        return ovs.flows(bridge);
    }

    @Override
    public List<String> rules() {
        return ovs.rules(bridge);
    }

    @Override
    public void addFlow(String flow) {
        String _ = ovs.ofctl("add-flow", bridge, flow);
    }

    @Override
    public void deleteFlows(String match) {
        String _ = match.isEmpty() ? ovs.ofctl("del-flows", bridge) : ovs.ofctl("del-flows", bridge, match);
    }

    @Override
    public void limit(int table, int flows) {
        ovs.limit(bridge, table, flows);
    }

    @Override
    public void unlimit() {
        ovs.unlimit(bridge);
    }

    /** To NORMAL, a device is an access port of a VLAN. */
    public void access(String device, int vlan) {
        String _ = ovs.vsctl("set", "Port", device, "vlan_mode=access", "tag=" + vlan);
    }

    /** MAC addresses that its own forwarding (NORMAL) has learned, and at which OpenFlow port. */
    public Map<String, Integer> learned() {
        return ovs.learned(bridge);
    }

    @Override
    public FlowModCount countFlowMods() {
        return ovs.snoop(bridge);
    }

    @Override
    public List<String> dumpCommand() {
        return List.of("ovs-ofctl", "-O", "OpenFlow14", "dump-flows", ovs.socket(bridge));
    }
}
