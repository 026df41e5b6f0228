package io.natator.lab.topology;

import static io.natator.lab.topology.Addresses.CLIENT;
import static io.natator.lab.topology.Addresses.CLIENT_GATEWAY;
import static io.natator.lab.topology.Addresses.CLIENT_GATEWAY_V6;
import static io.natator.lab.topology.Addresses.CLIENT_V6;
import static io.natator.lab.topology.Addresses.CONTROLLER;
import static io.natator.lab.topology.Addresses.CONTROLLER_OF_ROUTER;
import static io.natator.lab.topology.Addresses.CONTROLLER_OF_SWITCH;
import static io.natator.lab.topology.Addresses.CROWD;
import static io.natator.lab.topology.Addresses.CROWD_ROUTER;
import static io.natator.lab.topology.Addresses.GATEWAY;
import static io.natator.lab.topology.Addresses.GATEWAY_OUTSIDE;
import static io.natator.lab.topology.Addresses.GATEWAY_OUTSIDE_V6;
import static io.natator.lab.topology.Addresses.GATEWAY_V6;
import static io.natator.lab.topology.Addresses.H1;
import static io.natator.lab.topology.Addresses.H1_V6;
import static io.natator.lab.topology.Addresses.H2;
import static io.natator.lab.topology.Addresses.H2_V6;
import static io.natator.lab.topology.Addresses.LINK_NEXT_HOP;
import static io.natator.lab.topology.Addresses.LINK_NEXT_HOP_V6;
import static io.natator.lab.topology.Addresses.LINK_ROUTER;
import static io.natator.lab.topology.Addresses.LINK_ROUTER_V6;

import io.natator.lab.net.Inventory;
import io.natator.lab.net.Namespace;
import java.util.List;
import java.util.Optional;

/**
 * Namespaces and wires of the demo network, without daemons; {@code gateway} in the variant NORMAL only.
 *
 * <pre>
 * h1, h2 -- lan -- [gw, NORMAL only] -- inside:switch:outside -- s1:router:client -- client
 *                                            |                        |
 *                                            +--------- ctl ----------+    (management)
 * </pre>
 */
public record Network(
        Namespace h1,
        Namespace h2,
        Namespace lan,
        Namespace switchSpace,
        Namespace router,
        Namespace client,
        Namespace controller,
        Optional<Namespace> gateway) {

    static Network build(Inventory inventory, Variant variant) {
        Network network = new Network(
                Namespace.create(inventory, "h1"),
                Namespace.create(inventory, "h2"),
                Namespace.create(inventory, "lan"),
                Namespace.create(inventory, "switch"),
                Namespace.create(inventory, "router"),
                Namespace.create(inventory, "client"),
                Namespace.create(inventory, "ctl"),
                variant == Variant.NORMAL ? Optional.of(Namespace.create(inventory, "gw")) : Optional.empty());
        network.management();
        network.inside();
        network.outside();
        switch (variant) {
            case ROUTED -> {
                network.lanToSwitch();
                network.router.address("s1", LINK_ROUTER + "/30", LINK_ROUTER_V6 + "/64");
            }
            case TRANSPARENT -> {
                network.lanToSwitch();
                network.router.address("s1", GATEWAY_OUTSIDE + "/24", GATEWAY_OUTSIDE_V6 + "/64");
            }
            case NORMAL -> {
                network.lanToGateway(network.gateway.orElseThrow());
                network.router.address("s1", LINK_ROUTER + "/30", LINK_ROUTER_V6 + "/64");
            }
        }
        return network;
    }

    private void management() {
        switchSpace.wire("mgmt", controller, "switch");
        router.wire("mgmt", controller, "router");
        controller.bridge("mgmt", List.of("switch", "router"));
        controller.address("mgmt", CONTROLLER + "/24");
        switchSpace.address("mgmt", CONTROLLER_OF_SWITCH + "/24");
        router.address("mgmt", CONTROLLER_OF_ROUTER + "/24");
    }

    private void inside() {
        h1.wire("eth0", lan, "h1");
        h2.wire("eth0", lan, "h2");
        lan.bridge("lan", List.of("h1", "h2"));
        h1.address("eth0", H1 + "/24", H1_V6 + "/64");
        h2.address("eth0", H2 + "/24", H2_V6 + "/64");
        for (Namespace host : List.of(h1, h2)) {
            host.route("default", GATEWAY);
            host.route("default", GATEWAY_V6);
        }
    }

    /** One more namespace on the LAN, the router before {@link Addresses#CROWD}: it has all of these addresses itself. */
    Namespace crowd(Inventory inventory) {
        Namespace crowd = Namespace.create(inventory, "crowd");
        crowd.wire("eth0", lan, "crowd");
        lan.ip("link", "set", "crowd", "master", "lan");
        crowd.address("eth0", CROWD_ROUTER + "/24");
        crowd.ip("route", "add", "local", CROWD, "dev", "lo");
        crowd.route("default", GATEWAY);
        return crowd;
    }

    private void outside() {
        router.forward();
        switchSpace.wire("outside", router, "s1");
        router.wire("client", client, "eth0");
        router.address("client", CLIENT_GATEWAY + "/24", CLIENT_GATEWAY_V6 + "/64");
        client.address("eth0", CLIENT + "/24", CLIENT_V6 + "/64");
        client.route("default", CLIENT_GATEWAY);
        client.route("default", CLIENT_GATEWAY_V6);
    }

    private void lanToSwitch() {
        lan.wire("switch", switchSpace, "inside");
        lan.ip("link", "set", "switch", "master", "lan");
    }

    private void lanToGateway(Namespace gateway) {
        gateway.forward();
        lan.wire("gw", gateway, "lan");
        lan.ip("link", "set", "gw", "master", "lan");
        gateway.wire("s1", switchSpace, "inside");
        gateway.address("lan", GATEWAY + "/24", GATEWAY_V6 + "/64");
        gateway.address("s1", LINK_NEXT_HOP + "/30", LINK_NEXT_HOP_V6 + "/64");
        gateway.route("default", LINK_ROUTER);
        gateway.route("default", LINK_ROUTER_V6);
    }
}
