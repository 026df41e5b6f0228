package io.natator.model.validate;

import static io.natator.model.validate.Checked.GOOD;
import static io.natator.model.validate.Checked.check;
import static io.natator.model.validate.Checked.device;
import static io.natator.model.validate.Checked.port;
import static io.natator.model.validate.Checked.stored;
import static io.natator.model.validate.Checked.texts;
import static io.natator.model.validate.Checked.translation;
import static io.natator.model.validate.Checked.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.device.Capabilities;
import io.natator.model.device.Capabilities.Feature;
import io.natator.model.intent.Announce;
import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One inside host with several outside addresses. */
class SharedHostsTest {
    private static final Translation OLD = translation("old", "192.168.2.128/25", "198.51.100.0/25");
    private static final Device SERVICE = device("ss", 9, Device.Mode.TRANSPARENT, List.of());

    private static Device at(Device.Mode mode, boolean served) {
        List<DevicePort> ports = new ArrayList<>(List.of(port("p1", Side.INSIDE), port("p2", Side.OUTSIDE)));
        if (served) {
            ports.add(DevicePort.service("p3", "ss", "edge"));
        }
        return device("sw", 1, mode, ports);
    }

    @Test
    void whereASoftwareSwitchServes() {
        assertThat(check(GOOD, at(Device.Mode.ROUTED, true), SERVICE, OLD)).isEmpty();
        assertThat(check(OLD, at(Device.Mode.ROUTED, true), SERVICE, GOOD)).isEmpty();
        assertThat(check(GOOD, at(Device.Mode.TRANSPARENT, true), SERVICE, OLD)).isEmpty();
        assertThat(check(GOOD, at(Device.Mode.NORMAL, true), SERVICE, OLD)).isEmpty();
        Stored stored = stored(at(Device.Mode.NORMAL, true), SERVICE, OLD);
        assertThat(Validator.check(GOOD, knowing(stored, Feature.NORMAL, Feature.SET_IN_PORT)))
                .isEmpty();
    }

    @Test
    void notBesideGateways() {
        Translation gateways = with(List.of(), List.of("192.168.2.1"), List.of("sw"), Announce.none());
        assertThat(check(gateways, at(Device.Mode.TRANSPARENT, true), SERVICE, OLD))
                .containsExactly(
                        "gateways: [192.168.2.1] beside several outside addresses: nobody knows which of them a"
                                + " gateway speaks to; leave gateways out of translations/" + gateways.id()
                                + " and translations/old, hosts find their router all the same");
        assertThat(check(OLD, at(Device.Mode.TRANSPARENT, true), SERVICE, gateways))
                .singleElement()
                .asString()
                .startsWith("gateways: [192.168.2.1]");
    }

    @Test
    void nowhereElse() {
        assertThat(check(GOOD, at(Device.Mode.ROUTED, false), OLD))
                .containsExactly("inside: 192.168.2.0/24 overlaps inside 192.168.2.128/25 of translations/old: only a"
                        + " software switch knows by which address a flow came: give devices/sw a SERVICE port that leads"
                        + " to one, or choose disjoint blocks");
        Stored stored = stored(at(Device.Mode.NORMAL, true), SERVICE, OLD);
        assertThat(texts(Validator.check(GOOD, knowing(stored, Feature.NORMAL))))
                .singleElement()
                .asString()
                .contains("devices/sw is NORMAL and cannot set in_port, so that its own forwarding would look for hosts"
                        + " behind the SERVICE port: set mode to TRANSPARENT or ROUTED");
    }

    @Test
    void whereTheDeviceIsOne() {
        Stored stored = stored(at(Device.Mode.NORMAL, false), OLD);
        assertThat(Validator.check(GOOD, knowing(stored, Feature.TRANSLATE))).isEmpty();
    }

    /** The device is known, and can do these things. */
    private static Stored knowing(Stored stored, Feature... features) {
        Capabilities known = new Capabilities(4, "maker", "switch", "1", Set.of(features), new TreeMap<>(), List.of());
        return new Stored(stored.devices(), stored.translations(), Map.of(), Map.of(), Map.of("sw", known));
    }

    @Test
    void aHostHasOneWayToADestination() {
        Device device = at(Device.Mode.ROUTED, true);
        Translation exempting = with(List.of("10.0.0.0/8"), List.of(), List.of("sw"), Announce.none());
        assertThat(check(exempting, device, SERVICE, OLD))
                .containsExactly("exempt_destinations: [10.0.0.0/8] differs from [] of translations/old, which shares"
                        + " inside hosts: a host has one way to a destination; write the same");
        Translation swallowing = with(List.of("198.51.0.0/16"), List.of(), List.of("sw"), Announce.none());
        Translation same = new Translation(
                OLD.id(),
                OLD.kind(),
                OLD.inside(),
                OLD.outside(),
                swallowing.exemptDestinations(),
                List.of(),
                OLD.devices(),
                OLD.announce(),
                false);
        assertThat(check(swallowing, device, SERVICE, same))
                .singleElement()
                .asString()
                .startsWith(
                        "exempt_destinations[0]: 198.51.0.0/16 overlaps outside 198.51.100.0/25 of translations/old");
    }

    @Test
    void eightAddressesAHost() {
        List<Object> resources = new ArrayList<>(List.of(at(Device.Mode.ROUTED, true), SERVICE));
        for (int i = 0; i < 7; i++) {
            resources.add(translation("o" + i, "192.168.2.0/24", "198.51." + i + ".0/24"));
        }
        assertThat(check(GOOD, resources.toArray())).isEmpty();
        resources.add(translation("o8", "192.168.2.7/32", "198.51.100.7/32"));
        assertThat(check(GOOD, resources.toArray()))
                .containsExactly(
                        "inside: 192.168.2.0/24 would give hosts more than 8 outside addresses: choose a disjoint"
                                + " block, or delete a translation of these hosts");
    }

    @Test
    void aDeviceMustGoOnBeingAble() {
        Stored shared = stored(SERVICE, GOOD, OLD);
        assertThat(Validator.check(at(Device.Mode.NORMAL, true), shared)).isEmpty();
        assertThat(texts(Validator.check(at(Device.Mode.NORMAL, true), knowing(shared, Feature.NORMAL))))
                .last()
                .asString()
                .startsWith(
                        "mode: translations here share inside hosts, but devices/sw is NORMAL and cannot set in_port,");
        assertThat(texts(Validator.check(at(Device.Mode.ROUTED, false), stored(SERVICE, GOOD, OLD))))
                .singleElement()
                .asString()
                .startsWith("ports: translations here share inside hosts, but only a software switch");
    }
}
