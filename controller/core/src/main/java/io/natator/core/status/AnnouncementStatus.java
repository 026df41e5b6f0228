package io.natator.core.status;

import io.natator.model.compile.Announcement;
import java.time.Instant;
import java.util.List;

/**
 * What is announced.
 *
 * @param sentTo neighbours whose present session has been handed all that is meant for them
 */
public record AnnouncementStatus(Announcement announcement, List<String> sentTo, Instant since) {}
