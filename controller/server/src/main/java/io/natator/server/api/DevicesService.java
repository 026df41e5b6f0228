package io.natator.server.api;

import com.google.protobuf.Empty;
import io.grpc.stub.StreamObserver;
import io.natator.server.resource.Collection;
import io.natator.server.resource.Errors;
import io.natator.server.resource.Resources;
import io.natator.v1.CreateDeviceRequest;
import io.natator.v1.DeleteDeviceRequest;
import io.natator.v1.Device;
import io.natator.v1.DevicesGrpc;
import io.natator.v1.GetDeviceRequest;
import io.natator.v1.ListDevicesRequest;
import io.natator.v1.ListDevicesResponse;
import io.natator.v1.UpdateDeviceRequest;
import io.natator.v1.WatchDevicesRequest;
import io.natator.v1.WatchDevicesResponse;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;

/** {@code natator.v1.Devices}. */
public final class DevicesService extends DevicesGrpc.DevicesImplBase {
    private final Collection<Device, io.natator.model.intent.Device> devices;
    private final Executor executor;

    @Inject
    DevicesService(Resources resources, Executor executor) {
        this.devices = resources.devices();
        this.executor = executor;
    }

    @Override
    public void getDevice(GetDeviceRequest request, StreamObserver<Device> response) {
        String id = devices.id("name", request.getName());
        response.onNext(devices.catalog().get(id).orElseThrow(() -> Errors.notFound(request.getName())));
        response.onCompleted();
    }

    @Override
    public void listDevices(ListDevicesRequest request, StreamObserver<ListDevicesResponse> response) {
        Pages.list(devices.catalog(), request.getPageSize(), request.getPageToken(), (page, next) -> {
            response.onNext(ListDevicesResponse.newBuilder()
                    .addAllDevices(page)
                    .setNextPageToken(next)
                    .build());
            response.onCompleted();
        });
    }

    @Override
    public void createDevice(CreateDeviceRequest request, StreamObserver<Device> response) {
        response.onNext(devices.create(request.getDeviceId(), request.getDevice(), request.getValidateOnly()));
        response.onCompleted();
    }

    @Override
    public void updateDevice(UpdateDeviceRequest request, StreamObserver<Device> response) {
        response.onNext(devices.update(
                request.getDevice(), request.getUpdateMask(), request.getAllowMissing(), request.getValidateOnly()));
        response.onCompleted();
    }

    @Override
    public void deleteDevice(DeleteDeviceRequest request, StreamObserver<Empty> response) {
        devices.delete(request.getName(), request.getEtag(), request.getAllowMissing(), request.getValidateOnly());
        response.onNext(Empty.getDefaultInstance());
        response.onCompleted();
    }

    @Override
    public void watchDevices(WatchDevicesRequest request, StreamObserver<WatchDevicesResponse> response) {
        String only = request.getName().isEmpty() ? "" : devices.id("name", request.getName());
        WatchStream.open(
                devices.catalog(),
                only,
                (type, message) -> WatchDevicesResponse.newBuilder()
                        .setType(type)
                        .setDevice(message)
                        .build(),
                response,
                executor);
    }
}
