package io.natator.cli.kind;

import com.google.common.collect.Iterators;
import io.natator.cli.client.Client;
import io.natator.cli.output.Cell;
import io.natator.cli.output.Column;
import io.natator.cli.output.Details;
import io.natator.cli.output.Style;
import io.natator.cli.output.Words;
import io.natator.v1.Announcement;
import io.natator.v1.GetAnnouncementRequest;
import io.natator.v1.ListAnnouncementsRequest;
import io.natator.v1.ListAnnouncementsResponse;
import io.natator.v1.ToldNeighbor;
import io.natator.v1.WatchAnnouncementsRequest;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/** Announcements: computed by the daemon, read only. */
public final class AnnouncementKind implements Kind<Announcement> {

    @Override
    public String singular() {
        return "announcement";
    }

    @Override
    public String plural() {
        return "announcements";
    }

    @Override
    public String shortName() {
        return "an";
    }

    @Override
    public Announcement prototype() {
        return Announcement.getDefaultInstance();
    }

    @Override
    public Announcement get(Client client, String name) {
        return client.announcements()
                .getAnnouncement(
                        GetAnnouncementRequest.newBuilder().setName(name).build());
    }

    @Override
    public Page<Announcement> list(Client client, String token) {
        ListAnnouncementsResponse page = client.announcements()
                .listAnnouncements(ListAnnouncementsRequest.newBuilder()
                        .setPageToken(token)
                        .build());
        return new Page<>(page.getAnnouncementsList(), page.getNextPageToken());
    }

    @Override
    public Iterator<Change<Announcement>> watch(Client client, String name) {
        WatchAnnouncementsRequest request =
                WatchAnnouncementsRequest.newBuilder().setName(name).build();
        return Iterators.transform(
                client.followAnnouncements().watchAnnouncements(request),
                response -> new Change<>(response.getType(), response.getAnnouncement(), response));
    }

    @Override
    public List<Column<Announcement>> columns() {
        return List.of(
                Column.of("PREFIX", (a, _) -> Cell.of(a.getPrefix())),
                Column.of("NEXT-HOP", (a, _) -> Cell.of(a.getNextHop())),
                Column.of("STATE", (a, _) -> state(a)),
                Column.of("SENT-TO", (a, _) -> Cell.of(TranslationKind.ids(a.getSentToList()))),
                Column.of("TRANSLATIONS", (a, _) -> Cell.of(TranslationKind.ids(a.getTranslationsList()))),
                Column.of("SINCE", (a, now) -> Cell.of(Words.age(a.getSince(), now))),
                Column.wide("REASON", (a, _) -> Cell.of(a.getReason())),
                Column.wide("COMMUNITIES", (a, _) -> Cell.of(String.join(" ", a.getCommunitiesList()))),
                Column.wide("NAME", (a, _) -> Cell.of(Words.id(a.getName()))));
    }

    /** What becomes of it. */
    public static Cell state(Announcement announcement) {
        Announcement.State state = announcement.getState();
        return switch (state) {
            case ANNOUNCED -> new Cell(state.name(), Style.GOOD);
            case DRAINING, HELD_BACK -> new Cell(state.name(), Style.BUSY);
            case REFUSED -> new Cell(state.name(), Style.BAD);
            case STATE_UNSPECIFIED, UNRECOGNIZED -> Cell.of("");
        };
    }

    @Override
    public void describe(Announcement announcement, Details details, Instant now) {
        details.value("Name", announcement.getName());
        details.value("Prefix", announcement.getPrefix());
        details.value("Next hop", announcement.getNextHop());
        Cell state = state(announcement);
        details.styled("State", state.text(), state.style());
        details.value("Reason", announcement.getReason());
        details.value("Communities", String.join(" ", announcement.getCommunitiesList()));
        details.value("MED", announcement.hasMed() ? Integer.toUnsignedString(announcement.getMed()) : "");
        details.values("Translations", announcement.getTranslationsList());
        List<String> told = announcement.getToldList().stream()
                .map(t -> Words.id(t.getNeighbor()) + ": " + told(t))
                .toList();
        if (told.isEmpty()) {
            details.value("Told", "nobody: there is no neighbour for it");
        }
        details.values("Told", told);
        details.value("Since", Words.moment(announcement.getSince(), now));
    }

    /** What one neighbour was told, in words. */
    public static String told(ToldNeighbor told) {
        String outcome = switch (told.getOutcome()) {
            case SENT -> "sent";
            case SENDING -> "being sent";
            case PROBABLY_FILTERED -> "sent, and probably filtered there";
            case NOT_SENT -> "not sent";
            case OUTCOME_UNSPECIFIED, UNRECOGNIZED -> "unknown";
        };
        return told.getReason().isEmpty() ? outcome : outcome + ": " + told.getReason();
    }
}
