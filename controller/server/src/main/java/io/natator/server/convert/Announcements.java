package io.natator.server.convert;

import io.natator.core.status.AnnouncementStatus;
import io.natator.v1.Announcement;
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
                .setSince(Times.timestamp(status.since()));
        status.announcement().translations().forEach(t -> message.addTranslations("translations/" + t));
        status.sentTo().forEach(n -> message.addSentTo("neighbors/" + n));
        return message.build();
    }
}
