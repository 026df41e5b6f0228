package io.natator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.natator.v1.CreateDeviceRequest;
import io.natator.v1.CreateNeighborRequest;
import io.natator.v1.CreateTranslationRequest;
import io.natator.v1.DeleteDeviceRequest;
import io.natator.v1.DeleteNeighborRequest;
import io.natator.v1.Device;
import io.natator.v1.GetDeviceRequest;
import io.natator.v1.ListDevicesRequest;
import io.natator.v1.ListDevicesResponse;
import io.natator.v1.Neighbor;
import io.natator.v1.PlanRequest;
import io.natator.v1.Resource;
import io.natator.v1.Translation;
import io.natator.v1.UpdateDeviceRequest;
import io.natator.v1.UpdateNeighborRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every kind of resource. */
@Timeout(60)
class ResourceTest {
    @TempDir
    Path dir;

    private TestDaemon daemon;

    @BeforeEach
    void start() {
        daemon = new TestDaemon(dir);
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private Device create(Device device) {
        return daemon.devices.createDevice(
                CreateDeviceRequest.newBuilder().setDevice(device).build());
    }

    private Device update(Device device, String... paths) {
        return daemon.devices.updateDevice(UpdateDeviceRequest.newBuilder()
                .setDevice(device)
                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                .build());
    }

    private Device get(String name) {
        return daemon.devices.getDevice(
                GetDeviceRequest.newBuilder().setName(name).build());
    }

    private static StatusRuntimeException refused(Status.Code code, ThrowingCallable call) {
        StatusRuntimeException e = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(e).isNotNull();
        assertThat(e.getStatus().getCode()).as(e.getMessage()).isEqualTo(code);
        return e;
    }

    private static List<String> fields(StatusRuntimeException e) {
        List<String> fields = new ArrayList<>();
        for (Any detail : StatusProto.fromThrowable(e).getDetailsList()) {
            try {
                detail.unpack(BadRequest.class).getFieldViolationsList().forEach(v -> fields.add(v.getField()));
            } catch (InvalidProtocolBufferException other) {
                throw new AssertionError(other);
            }
        }
        return fields;
    }

    @Test
    void fillsInWhatWasLeftOut() {
        Device device = create(TestDaemon.device("sw", "0x1"));
        assertThat(device.getMode()).isEqualTo(Device.Mode.TRANSPARENT);
        assertThat(device.getProfile()).isEqualTo(Device.Profile.AUTO);
        assertThat(device.getHold().getSeconds()).isEqualTo(10);
        assertThat(device.getDrain().getSeconds()).isEqualTo(5);
        assertThat(device.getEtag()).isNotEmpty();
        assertThat(device.getCreateTime()).isEqualTo(device.getUpdateTime());
    }

    @Test
    void refusesASecondOneOfTheSameName() {
        create(TestDaemon.device("sw", "1"));
        refused(Status.Code.ALREADY_EXISTS, () -> create(TestDaemon.device("sw", "2")));
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        var e = refused(
                Status.Code.INVALID_ARGUMENT,
                () -> daemon.translations.createTranslation(CreateTranslationRequest.newBuilder()
                        .setTranslationId("t")
                        .setTranslation(Translation.newBuilder()
                                .setInside("192.168.2.1/24")
                                .addDevices("sw")
                                .addExemptDestinations("nowhere"))
                        .build()));
        assertThat(fields(e))
                .containsExactlyInAnyOrder(
                        "translation.inside",
                        "translation.outside",
                        "translation.exempt_destinations[0]",
                        "translation.devices[0]");
    }

    @Test
    void refusesWhatDoesNotFitWhatIsStored() {
        create(TestDaemon.device("sw", "1"));
        var _ = daemon.translations.createTranslation(CreateTranslationRequest.newBuilder()
                .setTranslation(TestDaemon.translation("a", "10.0.0.0/24", "198.51.100.0/24", "sw"))
                .build());
        var e = refused(
                Status.Code.INVALID_ARGUMENT,
                () -> daemon.translations.createTranslation(CreateTranslationRequest.newBuilder()
                        .setTranslation(TestDaemon.translation("b", "10.0.0.0/25", "203.1.112.0/25", "sw"))
                        .build()));
        assertThat(fields(e)).containsExactly("translation.inside");
        assertThat(e.getStatus().getDescription()).contains("overlaps inside 10.0.0.0/24 of translations/a");
    }

    @Test
    void refusesToChangeWhatHasChangedSinceItWasRead() {
        Device read = create(TestDaemon.device("sw", "1"));
        update(read.toBuilder().setDescription("first").build());
        refused(
                Status.Code.ABORTED,
                () -> update(read.toBuilder().setDescription("second").build()));
        assertThat(get("devices/sw").getDescription()).isEqualTo("first");
        refused(
                Status.Code.ABORTED,
                () -> daemon.devices.deleteDevice(DeleteDeviceRequest.newBuilder()
                        .setName("devices/sw")
                        .setEtag(read.getEtag())
                        .build()));
    }

    @Test
    void changesOnlyWhatTheMaskNames() {
        Device read = create(
                TestDaemon.device("sw", "1").toBuilder().setDescription("old").build());
        update(
                Device.newBuilder()
                        .setName("devices/sw")
                        .setDescription("new")
                        .setDatapathId("2")
                        .build(),
                "description");
        Device now = get("devices/sw");
        assertThat(now.getDescription()).isEqualTo("new");
        assertThat(now.getDatapathId()).isEqualTo(read.getDatapathId());
        assertThat(now.getEtag()).isNotEqualTo(read.getEtag());
        var e = refused(Status.Code.INVALID_ARGUMENT, () -> update(now, "no_such_field"));
        assertThat(fields(e)).containsExactly("update_mask.paths[0]");
    }

    @Test
    void aChangeThatChangesNothingKeepsTheEtag() {
        Device read = create(TestDaemon.device("sw", "1"));
        assertThat(update(TestDaemon.device("sw", "1")).getEtag()).isEqualTo(read.getEtag());
    }

    @Test
    void storesNothingThatIsOnlyToBeValidated() {
        Device answer = daemon.devices.createDevice(CreateDeviceRequest.newBuilder()
                .setDevice(TestDaemon.device("sw", "1"))
                .setValidateOnly(true)
                .build());
        assertThat(answer.getName()).isEqualTo("devices/sw");
        refused(Status.Code.NOT_FOUND, () -> get("devices/sw"));
    }

    @Test
    void createsWhatIsMissingIfThatIsAllowed() {
        refused(Status.Code.NOT_FOUND, () -> update(TestDaemon.device("sw", "1")));
        var _ = daemon.devices.updateDevice(UpdateDeviceRequest.newBuilder()
                .setDevice(TestDaemon.device("sw", "1"))
                .setAllowMissing(true)
                .build());
        assertThat(get("devices/sw").getName()).isEqualTo("devices/sw");
        DeleteDeviceRequest other =
                DeleteDeviceRequest.newBuilder().setName("devices/other").build();
        refused(Status.Code.NOT_FOUND, () -> daemon.devices.deleteDevice(other));
        var _ = daemon.devices.deleteDevice(
                other.toBuilder().setAllowMissing(true).build());
    }

    @Test
    void keepsWhatATranslationNames() {
        create(TestDaemon.device("sw", "1"));
        createNeighbor();
        Translation translation = TestDaemon.translation("a", "10.0.0.0/24", "198.51.100.0/24", "sw");
        var _ = daemon.translations.createTranslation(CreateTranslationRequest.newBuilder()
                .setTranslation(translation.toBuilder()
                        .setAnnounce(io.natator.v1.AnnouncePolicy.newBuilder().addNeighbors("neighbors/router")))
                .build());
        var e = refused(
                Status.Code.FAILED_PRECONDITION,
                () -> daemon.devices.deleteDevice(
                        DeleteDeviceRequest.newBuilder().setName("devices/sw").build()));
        assertThat(e.getStatus().getDescription()).contains("translations/a");
        refused(
                Status.Code.FAILED_PRECONDITION,
                () -> daemon.neighbors.deleteNeighbor(DeleteNeighborRequest.newBuilder()
                        .setName("neighbors/router")
                        .build()));
    }

    private Neighbor createNeighbor() {
        return daemon.neighbors.createNeighbor(CreateNeighborRequest.newBuilder()
                .setNeighborId("router")
                .setNeighbor(Neighbor.newBuilder()
                        .setAddress("192.0.2.1")
                        .setLocalAs(65000)
                        .setPeerAs(65001)
                        .setPassword("secret"))
                .build());
    }

    @Test
    void aPasswordIsNeverShownAndStaysWhenItIsLeftOut() {
        Neighbor shown = createNeighbor();
        assertThat(shown.getPassword()).isEmpty();
        Neighbor changed = daemon.neighbors.updateNeighbor(UpdateNeighborRequest.newBuilder()
                .setNeighbor(shown.toBuilder().setDescription("x"))
                .build());
        assertThat(changed.getDescription()).isEqualTo("x");
        assertThat(password()).contains("secret");
        var _ = daemon.neighbors.updateNeighbor(UpdateNeighborRequest.newBuilder()
                .setNeighbor(changed.toBuilder().clearEtag())
                .setUpdateMask(FieldMask.newBuilder().addPaths("password"))
                .build());
        assertThat(password()).isEmpty();
    }

    private java.util.Optional<String> password() {
        return daemon.injector
                .getInstance(io.natator.server.resource.Resources.class)
                .stored()
                .neighbors()
                .get("router")
                .peering()
                .transport()
                .password();
    }

    @Test
    void listsInPages() {
        for (int i = 10; i < 25; i++) {
            create(TestDaemon.device("sw" + i, "" + i));
        }
        List<String> names = new ArrayList<>();
        String token = "";
        do {
            ListDevicesResponse page = daemon.devices.listDevices(ListDevicesRequest.newBuilder()
                    .setPageSize(4)
                    .setPageToken(token)
                    .build());
            assertThat(page.getDevicesCount()).isLessThanOrEqualTo(4);
            page.getDevicesList().forEach(d -> names.add(d.getName()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertThat(names).hasSize(15).isSorted();
        var e = refused(
                Status.Code.INVALID_ARGUMENT,
                () -> daemon.devices.listDevices(
                        ListDevicesRequest.newBuilder().setPageSize(-1).build()));
        assertThat(fields(e)).containsExactly("page_size");
        e = refused(
                Status.Code.INVALID_ARGUMENT,
                () -> daemon.devices.listDevices(
                        ListDevicesRequest.newBuilder().setPageToken("%%%").build()));
        assertThat(fields(e)).containsExactly("page_token");
    }

    @Test
    void refusesNamesThatAreNone() {
        for (String name : List.of("", "sw", "translations/sw", "devices/", "devices/SW", "devices/a/b")) {
            refused(Status.Code.INVALID_ARGUMENT, () -> get(name));
        }
    }

    @Test
    void aPlanIsCheckedAsAWhole() {
        Resource device =
                Resource.newBuilder().setDevice(TestDaemon.device("sw", "1")).build();
        Resource translation = Resource.newBuilder()
                .setTranslation(TestDaemon.translation("a", "10.0.0.0/24", "198.51.100.0/24", "sw"))
                .build();
        var response = daemon.plans.plan(PlanRequest.newBuilder()
                .addResources(translation)
                .addResources(device)
                .build());
        assertThat(response.getDevicesCount()).isEqualTo(1);
        var e = refused(
                Status.Code.INVALID_ARGUMENT,
                () -> daemon.plans.plan(PlanRequest.newBuilder()
                        .addResources(translation)
                        .addResources(Resource.getDefaultInstance())
                        .addDeletions("devices/none")
                        .build()));
        assertThat(fields(e)).contains("resources[0].translation.devices[0]", "resources[1]", "deletions[0]");
    }

    @Test
    void saysThatItServes() {
        assertThat(HealthGrpc.newBlockingStub(daemon.channel)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }
}
