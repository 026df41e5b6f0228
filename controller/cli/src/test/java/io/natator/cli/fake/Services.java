package io.natator.cli.fake;

import com.google.protobuf.Empty;
import io.grpc.stub.StreamObserver;
import io.natator.v1.Announcement;
import io.natator.v1.AnnouncementsGrpc;
import io.natator.v1.CreateDeviceRequest;
import io.natator.v1.CreateNeighborRequest;
import io.natator.v1.CreatePeerGroupRequest;
import io.natator.v1.CreateTranslationRequest;
import io.natator.v1.DeleteDeviceRequest;
import io.natator.v1.DeleteNeighborRequest;
import io.natator.v1.DeletePeerGroupRequest;
import io.natator.v1.DeleteTranslationRequest;
import io.natator.v1.Device;
import io.natator.v1.DevicesGrpc;
import io.natator.v1.GetAnnouncementRequest;
import io.natator.v1.GetDeviceRequest;
import io.natator.v1.GetNeighborRequest;
import io.natator.v1.GetPeerGroupRequest;
import io.natator.v1.GetTranslationRequest;
import io.natator.v1.ListAnnouncementsRequest;
import io.natator.v1.ListAnnouncementsResponse;
import io.natator.v1.ListDevicesRequest;
import io.natator.v1.ListDevicesResponse;
import io.natator.v1.ListNeighborsRequest;
import io.natator.v1.ListNeighborsResponse;
import io.natator.v1.ListPeerGroupsRequest;
import io.natator.v1.ListPeerGroupsResponse;
import io.natator.v1.ListTranslationsRequest;
import io.natator.v1.ListTranslationsResponse;
import io.natator.v1.Neighbor;
import io.natator.v1.NeighborsGrpc;
import io.natator.v1.PeerGroup;
import io.natator.v1.PeerGroupsGrpc;
import io.natator.v1.Translation;
import io.natator.v1.TranslationsGrpc;
import io.natator.v1.UpdateDeviceRequest;
import io.natator.v1.UpdateNeighborRequest;
import io.natator.v1.UpdatePeerGroupRequest;
import io.natator.v1.UpdateTranslationRequest;
import io.natator.v1.WatchAnnouncementsRequest;
import io.natator.v1.WatchAnnouncementsResponse;
import io.natator.v1.WatchDevicesRequest;
import io.natator.v1.WatchDevicesResponse;
import io.natator.v1.WatchNeighborsRequest;
import io.natator.v1.WatchNeighborsResponse;
import io.natator.v1.WatchPeerGroupsRequest;
import io.natator.v1.WatchPeerGroupsResponse;
import io.natator.v1.WatchTranslationsRequest;
import io.natator.v1.WatchTranslationsResponse;

/** Services over shelves: only what the API says, nothing of what a network does. */
final class Services {
    private Services() {}

    static final class Translations extends TranslationsGrpc.TranslationsImplBase {
        private final Shelf<Translation> shelf;

        Translations(Shelf<Translation> shelf) {
            this.shelf = shelf;
        }

        @Override
        public void getTranslation(GetTranslationRequest request, StreamObserver<Translation> observer) {
            Shelf.reply(observer, () -> shelf.get(request.getName()));
        }

        @Override
        public void listTranslations(
                ListTranslationsRequest request, StreamObserver<ListTranslationsResponse> observer) {
            Shelf.reply(observer, () -> {
                var page = shelf.page(request.getPageToken());
                return ListTranslationsResponse.newBuilder()
                        .addAllTranslations(page)
                        .setNextPageToken(shelf.next(page))
                        .build();
            });
        }

        @Override
        public void createTranslation(CreateTranslationRequest request, StreamObserver<Translation> observer) {
            Shelf.reply(observer, () -> shelf.create(request.getTranslation(), request.getValidateOnly()));
        }

        @Override
        public void updateTranslation(UpdateTranslationRequest request, StreamObserver<Translation> observer) {
            Shelf.reply(
                    observer,
                    () -> shelf.update(request.getTranslation(), request.getUpdateMask(), request.getValidateOnly()));
        }

        @Override
        public void deleteTranslation(DeleteTranslationRequest request, StreamObserver<Empty> observer) {
            Shelf.reply(observer, () -> {
                shelf.delete(request.getName(), request.getValidateOnly());
                return Empty.getDefaultInstance();
            });
        }

        @Override
        public void watchTranslations(
                WatchTranslationsRequest request, StreamObserver<WatchTranslationsResponse> observer) {
            shelf.watch(request.getName(), observer, (type, translation) -> {
                var response = WatchTranslationsResponse.newBuilder().setType(type);
                return translation == null
                        ? response.build()
                        : response.setTranslation(translation).build();
            });
        }
    }

    static final class Devices extends DevicesGrpc.DevicesImplBase {
        private final Shelf<Device> shelf;

        Devices(Shelf<Device> shelf) {
            this.shelf = shelf;
        }

        @Override
        public void getDevice(GetDeviceRequest request, StreamObserver<Device> observer) {
            Shelf.reply(observer, () -> shelf.get(request.getName()));
        }

        @Override
        public void listDevices(ListDevicesRequest request, StreamObserver<ListDevicesResponse> observer) {
            Shelf.reply(observer, () -> {
                var page = shelf.page(request.getPageToken());
                return ListDevicesResponse.newBuilder()
                        .addAllDevices(page)
                        .setNextPageToken(shelf.next(page))
                        .build();
            });
        }

        @Override
        public void createDevice(CreateDeviceRequest request, StreamObserver<Device> observer) {
            Shelf.reply(observer, () -> shelf.create(request.getDevice(), request.getValidateOnly()));
        }

        @Override
        public void updateDevice(UpdateDeviceRequest request, StreamObserver<Device> observer) {
            Shelf.reply(
                    observer,
                    () -> shelf.update(request.getDevice(), request.getUpdateMask(), request.getValidateOnly()));
        }

        @Override
        public void deleteDevice(DeleteDeviceRequest request, StreamObserver<Empty> observer) {
            Shelf.reply(observer, () -> {
                shelf.delete(request.getName(), request.getValidateOnly());
                return Empty.getDefaultInstance();
            });
        }

        @Override
        public void watchDevices(WatchDevicesRequest request, StreamObserver<WatchDevicesResponse> observer) {
            shelf.watch(request.getName(), observer, (type, device) -> {
                var response = WatchDevicesResponse.newBuilder().setType(type);
                return device == null
                        ? response.build()
                        : response.setDevice(device).build();
            });
        }
    }

    static final class Neighbors extends NeighborsGrpc.NeighborsImplBase {
        private final Shelf<Neighbor> shelf;

        Neighbors(Shelf<Neighbor> shelf) {
            this.shelf = shelf;
        }

        @Override
        public void getNeighbor(GetNeighborRequest request, StreamObserver<Neighbor> observer) {
            Shelf.reply(observer, () -> shelf.get(request.getName()));
        }

        @Override
        public void listNeighbors(ListNeighborsRequest request, StreamObserver<ListNeighborsResponse> observer) {
            Shelf.reply(observer, () -> {
                var page = shelf.page(request.getPageToken());
                return ListNeighborsResponse.newBuilder()
                        .addAllNeighbors(page)
                        .setNextPageToken(shelf.next(page))
                        .build();
            });
        }

        @Override
        public void createNeighbor(CreateNeighborRequest request, StreamObserver<Neighbor> observer) {
            Shelf.reply(observer, () -> shelf.create(request.getNeighbor(), request.getValidateOnly()));
        }

        @Override
        public void updateNeighbor(UpdateNeighborRequest request, StreamObserver<Neighbor> observer) {
            Shelf.reply(
                    observer,
                    () -> shelf.update(request.getNeighbor(), request.getUpdateMask(), request.getValidateOnly()));
        }

        @Override
        public void deleteNeighbor(DeleteNeighborRequest request, StreamObserver<Empty> observer) {
            Shelf.reply(observer, () -> {
                shelf.delete(request.getName(), request.getValidateOnly());
                return Empty.getDefaultInstance();
            });
        }

        @Override
        public void watchNeighbors(WatchNeighborsRequest request, StreamObserver<WatchNeighborsResponse> observer) {
            shelf.watch(request.getName(), observer, (type, neighbor) -> {
                var response = WatchNeighborsResponse.newBuilder().setType(type);
                return neighbor == null
                        ? response.build()
                        : response.setNeighbor(neighbor).build();
            });
        }
    }

    static final class PeerGroups extends PeerGroupsGrpc.PeerGroupsImplBase {
        private final Shelf<PeerGroup> shelf;

        PeerGroups(Shelf<PeerGroup> shelf) {
            this.shelf = shelf;
        }

        @Override
        public void getPeerGroup(GetPeerGroupRequest request, StreamObserver<PeerGroup> observer) {
            Shelf.reply(observer, () -> shelf.get(request.getName()));
        }

        @Override
        public void listPeerGroups(ListPeerGroupsRequest request, StreamObserver<ListPeerGroupsResponse> observer) {
            Shelf.reply(observer, () -> {
                var page = shelf.page(request.getPageToken());
                return ListPeerGroupsResponse.newBuilder()
                        .addAllPeerGroups(page)
                        .setNextPageToken(shelf.next(page))
                        .build();
            });
        }

        @Override
        public void createPeerGroup(CreatePeerGroupRequest request, StreamObserver<PeerGroup> observer) {
            Shelf.reply(observer, () -> shelf.create(request.getPeerGroup(), request.getValidateOnly()));
        }

        @Override
        public void updatePeerGroup(UpdatePeerGroupRequest request, StreamObserver<PeerGroup> observer) {
            Shelf.reply(
                    observer,
                    () -> shelf.update(request.getPeerGroup(), request.getUpdateMask(), request.getValidateOnly()));
        }

        @Override
        public void deletePeerGroup(DeletePeerGroupRequest request, StreamObserver<Empty> observer) {
            Shelf.reply(observer, () -> {
                shelf.delete(request.getName(), request.getValidateOnly());
                return Empty.getDefaultInstance();
            });
        }

        @Override
        public void watchPeerGroups(WatchPeerGroupsRequest request, StreamObserver<WatchPeerGroupsResponse> observer) {
            shelf.watch(request.getName(), observer, (type, group) -> {
                var response = WatchPeerGroupsResponse.newBuilder().setType(type);
                return group == null
                        ? response.build()
                        : response.setPeerGroup(group).build();
            });
        }
    }

    static final class Announcements extends AnnouncementsGrpc.AnnouncementsImplBase {
        private final Shelf<Announcement> shelf;

        Announcements(Shelf<Announcement> shelf) {
            this.shelf = shelf;
        }

        @Override
        public void getAnnouncement(GetAnnouncementRequest request, StreamObserver<Announcement> observer) {
            Shelf.reply(observer, () -> shelf.get(request.getName()));
        }

        @Override
        public void listAnnouncements(
                ListAnnouncementsRequest request, StreamObserver<ListAnnouncementsResponse> observer) {
            Shelf.reply(observer, () -> {
                var page = shelf.page(request.getPageToken());
                return ListAnnouncementsResponse.newBuilder()
                        .addAllAnnouncements(page)
                        .setNextPageToken(shelf.next(page))
                        .build();
            });
        }

        @Override
        public void watchAnnouncements(
                WatchAnnouncementsRequest request, StreamObserver<WatchAnnouncementsResponse> observer) {
            shelf.watch(request.getName(), observer, (type, announcement) -> {
                var response = WatchAnnouncementsResponse.newBuilder().setType(type);
                return announcement == null
                        ? response.build()
                        : response.setAnnouncement(announcement).build();
            });
        }
    }
}
