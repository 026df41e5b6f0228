package io.natator.lab.bench;

import io.natator.lab.LabException;
import io.natator.lab.api.Api;
import io.natator.lab.net.Daemon;
import io.natator.v1.AnnouncePolicy;
import io.natator.v1.CreateDeviceRequest;
import io.natator.v1.Device;
import io.natator.v1.DevicePlan;
import io.natator.v1.DevicePort;
import io.natator.v1.PlanRequest;
import io.natator.v1.PlanResponse;
import io.natator.v1.Resource;
import io.natator.v1.Translation;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the daemon takes to answer a plan, asked by gRPC as {@code natator plan} does. */
final class PlanBench implements Bench {
    private static final double TARGET_SECONDS = 1;
    private static final int DEVICES = 2;
    private static final int HOSTS = 1 << 16;

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String about() {
        return "the daemon plans a /16 on two devices";
    }

    @Override
    public Report run(PrintWriter progress) throws Exception {
        try (Scratch scratch = Scratch.create()) {
            Daemon daemon = Daemon.start(scratch.inventory(), scratch.namespace("controller"));
            try (Api api = Api.of(daemon)) {
                createDevices(api);
                double first = perHost(api);
                Contender natator = new Contender(Contender.NATATOR, () -> perHost(api));
                List<Contest.Measured> samples = new Contest(progress).run(name(), List.of(natator));
                Map<String, Object> further = new LinkedHashMap<>();
                further.put("first_after_start_s", first);
                further.put("masked_s", masked(api));
                return Report.withinLimit(
                        name(), natator, samples, TARGET_SECONDS, "at most 1 s (ratio <= 1.0)", further);
            }
        }
    }

    /** Devices that are not connected: their plans are made as for Open vSwitch, without a limit to their tables. */
    private static void createDevices(Api api) {
        for (int i = 1; i <= DEVICES; i++) {
            Device device = Device.newBuilder()
                    .setDatapathId("%016x".formatted(i))
                    .setMode(Device.Mode.NORMAL)
                    .addPorts(DevicePort.newBuilder().setPort("1").setSide(DevicePort.Side.INSIDE))
                    .addPorts(DevicePort.newBuilder().setPort("2").setSide(DevicePort.Side.OUTSIDE))
                    .addNextHops("172.16.0." + i)
                    .build();
            Device _ = api.devices()
                    .createDevice(CreateDeviceRequest.newBuilder()
                            .setDeviceId("s" + i)
                            .setDevice(device)
                            .build());
        }
    }

    private static double perHost(Api api) {
        return plan(api, true, 2 * HOSTS);
    }

    private static double masked(Api api) {
        double _ = plan(api, false, 2);
        return plan(api, false, 2);
    }

    /** Seconds for one plan, which must add so many rules on each device, and all routes. */
    private static double plan(Api api, boolean perHost, int rules) {
        Translation translation = Translation.newBuilder()
                .setName("translations/bench")
                .setKind(Translation.Kind.STATIC)
                .setInside("10.0.0.0/16")
                .setOutside("20.0.0.0/16")
                .addDevices("devices/s1")
                .addDevices("devices/s2")
                .setPerHostRules(perHost)
                .setAnnounce(AnnouncePolicy.newBuilder().setRoutes(AnnouncePolicy.Routes.HOST_ROUTES))
                .build();
        PlanRequest request = PlanRequest.newBuilder()
                .addResources(Resource.newBuilder().setTranslation(translation))
                .build();
        long start = System.nanoTime();
        PlanResponse plan = api.plans().plan(request);
        double seconds = (System.nanoTime() - start) / 1e9;
        List<Long> added =
                plan.getDevicesList().stream().map(DevicePlan::getRulesAdded).toList();
        if (added.size() != DEVICES || added.stream().anyMatch(n -> n < rules)) {
            throw new LabException("expected at least " + rules + " rules on each device, but the plan adds " + added
                    + plan.getProblemsList());
        }
        if (plan.getRoutes().getAdded() < HOSTS) {
            throw new LabException("expected " + HOSTS + " routes, but the plan adds "
                    + plan.getRoutes().getAdded());
        }
        return seconds;
    }
}
