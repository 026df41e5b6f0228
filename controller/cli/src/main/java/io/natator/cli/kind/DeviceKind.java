package io.natator.cli.kind;

import com.google.common.collect.Iterators;
import com.google.protobuf.FieldMask;
import io.natator.cli.client.Client;
import io.natator.cli.output.Cell;
import io.natator.cli.output.Column;
import io.natator.cli.output.Details;
import io.natator.cli.output.Style;
import io.natator.cli.output.Words;
import io.natator.v1.CreateDeviceRequest;
import io.natator.v1.DeleteDeviceRequest;
import io.natator.v1.Device;
import io.natator.v1.GetDeviceRequest;
import io.natator.v1.ListDevicesRequest;
import io.natator.v1.ListDevicesResponse;
import io.natator.v1.Resource;
import io.natator.v1.UpdateDeviceRequest;
import io.natator.v1.WatchDevicesRequest;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/** Devices. */
public final class DeviceKind implements EditableKind<Device> {

    @Override
    public String singular() {
        return "device";
    }

    @Override
    public String plural() {
        return "devices";
    }

    @Override
    public String shortName() {
        return "dev";
    }

    @Override
    public Device prototype() {
        return Device.getDefaultInstance();
    }

    @Override
    public Device get(Client client, String name) {
        return client.devices()
                .getDevice(GetDeviceRequest.newBuilder().setName(name).build());
    }

    @Override
    public Page<Device> list(Client client, String token) {
        ListDevicesResponse page = client.devices()
                .listDevices(ListDevicesRequest.newBuilder().setPageToken(token).build());
        return new Page<>(page.getDevicesList(), page.getNextPageToken());
    }

    @Override
    public Iterator<Change<Device>> watch(Client client, String name) {
        WatchDevicesRequest request =
                WatchDevicesRequest.newBuilder().setName(name).build();
        return Iterators.transform(
                client.followDevices().watchDevices(request),
                response -> new Change<>(response.getType(), response.getDevice(), response));
    }

    @Override
    public Device create(Client client, Device device, boolean validateOnly) {
        return client.devices()
                .createDevice(CreateDeviceRequest.newBuilder()
                        .setDeviceId(Words.id(device.getName()))
                        .setDevice(device)
                        .setValidateOnly(validateOnly)
                        .build());
    }

    @Override
    public Device update(Client client, Device device, FieldMask mask, boolean validateOnly) {
        UpdateDeviceRequest.Builder request =
                UpdateDeviceRequest.newBuilder().setDevice(device).setValidateOnly(validateOnly);
        if (mask.getPathsCount() > 0) {
            request.setUpdateMask(mask);
        }
        return client.devices().updateDevice(request.build());
    }

    @Override
    public void delete(Client client, String name, boolean validateOnly) {
        var _ = client.devices()
                .deleteDevice(DeleteDeviceRequest.newBuilder()
                        .setName(name)
                        .setValidateOnly(validateOnly)
                        .build());
    }

    @Override
    public Resource toResource(Device device) {
        return Resource.newBuilder().setDevice(device).build();
    }

    @Override
    public List<Column<Device>> columns() {
        return List.of(
                Column.of("NAME", (d, _) -> Cell.of(Words.id(d.getName()))),
                Column.of("DATAPATH", (d, _) -> Cell.of(d.getDatapathId())),
                Column.of("MODE", (d, _) -> Cell.of(mode(d))),
                Column.of("STATE", (d, _) -> state(d)),
                Column.of("RULES", (d, _) -> Cell.of(Words.number(d.getStatus().getRulesInstalled()))),
                Column.of("AGE", (d, now) -> Cell.of(Words.age(d.getCreateTime(), now))),
                Column.wide("OPENFLOW", (d, _) -> Cell.of(d.getStatus().getOpenflowVersion())),
                Column.wide("SOFTWARE", (d, _) -> Cell.of(software(d))),
                Column.wide("PEER", (d, _) -> Cell.of(d.getStatus().getPeer())),
                Column.wide("PROBLEM", (d, _) -> Cell.of(d.getStatus().getProblem())));
    }

    /** What the device is told to be, with its default. */
    static String mode(Device device) {
        return device.getMode() == Device.Mode.MODE_UNSPECIFIED
                ? "TRANSPARENT"
                : device.getMode().name();
    }

    /** "connected", "syncing", "not connected". */
    public static Cell state(Device device) {
        if (!device.getStatus().getConnected()) {
            return new Cell("not connected", Style.BAD);
        }
        return device.getStatus().getInSync() ? new Cell("in sync", Style.GOOD) : new Cell("syncing", Style.BUSY);
    }

    /** Who made it, and its version. */
    public static String software(Device device) {
        return (device.getStatus().getManufacturer() + " " + device.getStatus().getSoftware()).strip();
    }

    @Override
    public void describe(Device device, Details details, Instant now) {
        DeviceDetails.describe(device, details, now);
    }
}
