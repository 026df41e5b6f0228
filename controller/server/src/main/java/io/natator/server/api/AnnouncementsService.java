package io.natator.server.api;

import io.grpc.stub.StreamObserver;
import io.natator.server.resource.Errors;
import io.natator.server.watch.Catalog;
import io.natator.v1.Announcement;
import io.natator.v1.AnnouncementsGrpc;
import io.natator.v1.GetAnnouncementRequest;
import io.natator.v1.ListAnnouncementsRequest;
import io.natator.v1.ListAnnouncementsResponse;
import io.natator.v1.WatchAnnouncementsRequest;
import io.natator.v1.WatchAnnouncementsResponse;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;

/** {@code natator.v1.Announcements}: read only. */
public final class AnnouncementsService extends AnnouncementsGrpc.AnnouncementsImplBase {
    private static final String HEAD = "announcements/";

    private final Catalog<Announcement> announcements;
    private final Executor executor;

    @Inject
    AnnouncementsService(Catalog<Announcement> announcements, Executor executor) {
        this.announcements = announcements;
        this.executor = executor;
    }

    @Override
    public void getAnnouncement(GetAnnouncementRequest request, StreamObserver<Announcement> response) {
        response.onNext(announcements.get(id(request.getName())).orElseThrow(() -> Errors.notFound(request.getName())));
        response.onCompleted();
    }

    private static String id(String name) {
        if (!name.startsWith(HEAD)) {
            throw Errors.invalid("name", '"' + name + "\" is not a name: write announcements/PREFIX-LENGTH@NEXTHOP");
        }
        return name.substring(HEAD.length());
    }

    @Override
    public void listAnnouncements(
            ListAnnouncementsRequest request, StreamObserver<ListAnnouncementsResponse> response) {
        Pages.list(announcements, request.getPageSize(), request.getPageToken(), (page, next) -> {
            response.onNext(ListAnnouncementsResponse.newBuilder()
                    .addAllAnnouncements(page)
                    .setNextPageToken(next)
                    .build());
            response.onCompleted();
        });
    }

    @Override
    public void watchAnnouncements(
            WatchAnnouncementsRequest request, StreamObserver<WatchAnnouncementsResponse> response) {
        WatchStream.open(
                announcements,
                request.getName().isEmpty() ? "" : id(request.getName()),
                (type, message) -> WatchAnnouncementsResponse.newBuilder()
                        .setType(type)
                        .setAnnouncement(message)
                        .build(),
                response,
                executor);
    }
}
