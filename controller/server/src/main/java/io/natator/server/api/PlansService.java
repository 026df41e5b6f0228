package io.natator.server.api;

import io.grpc.stub.StreamObserver;
import io.natator.core.DeviceView;
import io.natator.core.loop.Loop;
import io.natator.core.plan.Plan;
import io.natator.core.plan.Planner;
import io.natator.model.compile.Announcement;
import io.natator.model.compile.Compiler;
import io.natator.model.compile.RoutePlanner;
import io.natator.model.validate.Stored;
import io.natator.server.convert.Plans;
import io.natator.server.resource.Errors;
import io.natator.server.resource.Resources;
import io.natator.v1.PlanRequest;
import io.natator.v1.PlanResponse;
import io.natator.v1.PlansGrpc;
import jakarta.inject.Inject;
import java.util.List;

/** {@code natator.v1.Plans}: computed on the caller's thread, from a frozen view of the core's state. */
public final class PlansService extends PlansGrpc.PlansImplBase {
    private static final int DEFAULT_LISTED = 50;
    private static final int MAX_LISTED = 10_000;

    private record Now(List<DeviceView> views, List<Announcement> announced, RoutePlanner.Origins origins) {}

    private final Resources resources;
    private final Loop loop;
    private final Planner planner;

    @Inject
    PlansService(Resources resources, Loop loop, Compiler compiler, RoutePlanner routePlanner) {
        this.resources = resources;
        this.loop = loop;
        this.planner = new Planner(compiler, routePlanner);
    }

    @Override
    public void plan(PlanRequest request, StreamObserver<PlanResponse> response) {
        if (request.getMaxListed() < 0) {
            throw Errors.invalid("max_listed", request.getMaxListed() + " is negative: write 1 to " + MAX_LISTED);
        }
        int most = request.getMaxListed() == 0 ? DEFAULT_LISTED : Math.min(request.getMaxListed(), MAX_LISTED);
        Stored after = resources.after(request.getResourcesList(), request.getDeletionsList());
        Now now = loop.ask(core -> new Now(core.views(), core.announced(), core.origins()))
                .join();
        Plan plan = planner.plan(now.views(), now.announced(), after.devices(), after.translations(), now.origins());
        response.onNext(Plans.message(plan, most));
        response.onCompleted();
    }
}
