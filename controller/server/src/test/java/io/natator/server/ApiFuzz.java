package io.natator.server;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.natator.core.store.Store;
import io.natator.server.resource.Resources;
import io.natator.v1.CreateDeviceRequest;
import io.natator.v1.CreateNeighborRequest;
import io.natator.v1.CreateTranslationRequest;
import io.natator.v1.DeleteDeviceRequest;
import io.natator.v1.PlanRequest;
import io.natator.v1.UpdateDeviceRequest;
import io.natator.v1.UpdateNeighborRequest;
import io.natator.v1.UpdateTranslationRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whatever bytes a client sends as a request: it is done, or refused with a code that says whose fault it is. */
class ApiFuzz {
    private static final Set<Status.Code> CLEAR = Set.of(
            Status.Code.INVALID_ARGUMENT,
            Status.Code.NOT_FOUND,
            Status.Code.ALREADY_EXISTS,
            Status.Code.ABORTED,
            Status.Code.FAILED_PRECONDITION);

    /** Remembers nothing: what is fuzzed is everything before. */
    private static final class NoStore implements Store {
        @Override
        public List<Row> rows() {
            return List.of();
        }

        @Override
        public Memories memories() {
            return new Memories(Map.of(), Map.of());
        }

        @Override
        public void commit(List<Write> writes) {}

        @Override
        public void remember(List<Memory> memories) {}

        @Override
        public void close() {}
    }

    @FuzzTest(maxDuration = "20s")
    void everyRequestIsDoneOrClearlyRefused(byte[] data) {
        if (data.length == 0) {
            return;
        }
        Resources resources = new Resources(new NoStore());
        try {
            call(resources, data[0], Arrays.copyOfRange(data, 1, data.length));
        } catch (InvalidProtocolBufferException refusedByGrpc) {
            return;
        } catch (StatusRuntimeException e) {
            if (!CLEAR.contains(e.getStatus().getCode())) {
                throw e;
            }
        }
    }

    private static void call(Resources resources, byte which, byte[] bytes) throws InvalidProtocolBufferException {
        switch (Math.floorMod(which, 8)) {
            case 0 -> {
                var r = CreateTranslationRequest.parseFrom(bytes);
                var _ = resources.translations().create(r.getTranslationId(), r.getTranslation(), r.getValidateOnly());
            }
            case 1 -> {
                var r = CreateDeviceRequest.parseFrom(bytes);
                var _ = resources.devices().create(r.getDeviceId(), r.getDevice(), r.getValidateOnly());
            }
            case 2 -> {
                var r = CreateNeighborRequest.parseFrom(bytes);
                var _ = resources.neighbors().create(r.getNeighborId(), r.getNeighbor(), r.getValidateOnly());
            }
            case 3 -> {
                var r = UpdateTranslationRequest.parseFrom(bytes);
                var _ = resources
                        .translations()
                        .update(r.getTranslation(), r.getUpdateMask(), r.getAllowMissing(), r.getValidateOnly());
            }
            case 4 -> {
                var r = UpdateDeviceRequest.parseFrom(bytes);
                var _ = resources
                        .devices()
                        .update(r.getDevice(), r.getUpdateMask(), r.getAllowMissing(), r.getValidateOnly());
            }
            case 5 -> {
                var r = UpdateNeighborRequest.parseFrom(bytes);
                var _ = resources
                        .neighbors()
                        .update(r.getNeighbor(), r.getUpdateMask(), r.getAllowMissing(), r.getValidateOnly());
            }
            case 6 -> {
                var r = DeleteDeviceRequest.parseFrom(bytes);
                resources.devices().delete(r.getName(), r.getEtag(), r.getAllowMissing(), r.getValidateOnly());
            }
            default -> {
                var r = PlanRequest.parseFrom(bytes);
                var _ = resources.after(r.getResourcesList(), r.getDeletionsList());
            }
        }
    }
}
