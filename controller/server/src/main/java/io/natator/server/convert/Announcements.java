package io.natator.server.convert;

import io.natator.core.status.AnnouncementStatus;
import io.natator.core.status.AnnouncementStatus.Outcome;
import io.natator.v1.Announcement;
import io.natator.v1.ToldNeighbor;
import java.util.Locale;

/** Announcements: model → message. */
public final class Announcements {
    private Announcements() {}

    /** What follows {@code announcements/}: {@code 192.168.3.0-24@203.0.113.1}. */
    public static String id(AnnouncementStatus status) {
        return String.format(
                Locale.ROOT,
                "%s@%s",
                status.announcement().prefix().toString().replace('/', '-'),
                status.announcement().nextHop());
    }

    public static Announcement message(AnnouncementStatus status) {
        var message = Announcement.newBuilder()
                .setName("announcements/" + id(status))
                .setPrefix(status.announcement().prefix().toString())
                .setNextHop(status.announcement().nextHop().toString())
                .addAllCommunities(status.announcement().communities())
                .setState(state(status.state()))
                .setReason(status.reason())
                .setSince(Times.timestamp(status.since()));
        status.announcement().med().ifPresent(m -> message.setMed((int) m));
        status.announcement().translations().forEach(t -> message.addTranslations("translations/" + t));
        for (AnnouncementStatus.Told told : status.told()) {
            String neighbor = "neighbors/" + told.neighbor();
            message.addTold(ToldNeighbor.newBuilder()
                    .setNeighbor(neighbor)
                    .setOutcome(outcome(told.outcome()))
                    .setReason(told.reason()));
            if (told.outcome() == Outcome.SENT || told.outcome() == Outcome.PROBABLY_FILTERED) {
                message.addSentTo(neighbor);
            }
        }
        return message.build();
    }

    private static Announcement.State state(AnnouncementStatus.State state) {
        return switch (state) {
            case ANNOUNCED -> Announcement.State.ANNOUNCED;
            case DRAINING -> Announcement.State.DRAINING;
            case HELD_BACK -> Announcement.State.HELD_BACK;
            case REFUSED -> Announcement.State.REFUSED;
        };
    }

    private static ToldNeighbor.Outcome outcome(Outcome outcome) {
        return switch (outcome) {
            case SENT -> ToldNeighbor.Outcome.SENT;
            case SENDING -> ToldNeighbor.Outcome.SENDING;
            case PROBABLY_FILTERED -> ToldNeighbor.Outcome.PROBABLY_FILTERED;
            case NOT_SENT -> ToldNeighbor.Outcome.NOT_SENT;
        };
    }
}
