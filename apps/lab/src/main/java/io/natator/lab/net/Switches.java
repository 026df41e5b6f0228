package io.natator.lab.net;

/** Starts switches of either kind. */
public final class Switches {
    private Switches() {}

    /** A switch with the namespace's devices {@code inside} (port 1) and {@code outside} (port 2). */
    public static LabSwitch start(
            SwitchKind kind, Inventory inventory, Namespace namespace, String name, long datapathId) {
        return switch (kind) {
            case OVS -> OvsSwitch.start(inventory, namespace, name, datapathId);
            case NATATOR -> NatatorSwitch.start(inventory, namespace, name, datapathId);
        };
    }
}
