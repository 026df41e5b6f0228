package io.natator.cli.command;

import io.natator.cli.output.Words;
import io.natator.v1.Announcement;
import io.natator.v1.Device;
import io.natator.v1.Neighbor;
import io.natator.v1.Neighbor.SessionState;
import io.natator.v1.Translation;
import io.natator.v1.TranslationStatus;
import io.natator.v1.TranslationStatus.State;
import java.util.ArrayList;
import java.util.List;

/** What is wrong, in words a person can act on. */
final class Wellbeing {
    private static final int REFUSED_SHOWN = 5;

    private Wellbeing() {}

    /** One line a problem; empty if all is as wished. */
    static List<String> problems(
            List<Device> devices,
            List<Neighbor> neighbors,
            List<Translation> translations,
            List<Announcement> announcements) {
        List<String> problems = new ArrayList<>();
        devices.forEach(device -> device(device, problems));
        neighbors.forEach(neighbor -> neighbor(neighbor, problems));
        translations.forEach(translation -> translation(translation, problems));
        announcements.stream()
                .filter(a -> a.getState() == Announcement.State.REFUSED)
                .limit(REFUSED_SHOWN)
                .forEach(a -> problems.add("route " + a.getPrefix() + " via " + a.getNextHop() + ": " + a.getReason()));
        return problems;
    }

    private static void device(Device device, List<String> problems) {
        String head = "device " + Words.id(device.getName()) + ": ";
        if (!device.getStatus().getConnected()) {
            String reason = device.getStatus().getProblem().isEmpty()
                    ? "not connected"
                    : device.getStatus().getProblem();
            problems.add(head + reason + "; its controller must be tcp:THIS-HOST:6653 and its datapath id "
                    + device.getDatapathId());
        } else if (!device.getStatus().getProblem().isEmpty()) {
            problems.add(head + device.getStatus().getProblem());
        } else if (!device.getStatus().getInSync()) {
            problems.add(head + "does not hold exactly its rules yet");
        }
    }

    private static void neighbor(Neighbor neighbor, List<String> problems) {
        boolean off = neighbor.hasEnabled() && !neighbor.getEnabled();
        if (!off && neighbor.getStatus().getState() != SessionState.ESTABLISHED) {
            String error = neighbor.getStatus().getLastError();
            problems.add("neighbor " + Words.id(neighbor.getName()) + ": no session ("
                    + neighbor.getStatus().getState() + ")" + (error.isEmpty() ? "" : ": " + error));
        }
    }

    private static void translation(Translation translation, List<String> problems) {
        String name = "translation " + Words.id(translation.getName());
        if (translation.getStatusesCount() < translation.getDevicesCount()) {
            problems.add(name + ": not yet on all of its devices");
        }
        for (TranslationStatus status : translation.getStatusesList()) {
            // DRAINING is what was asked for.
            if (status.getState() != State.ACTIVE && status.getState() != State.DRAINING) {
                problems.add(name + " on " + Words.id(status.getDevice()) + ": " + status.getState()
                        + (status.getReason().isEmpty() ? "" : ": " + status.getReason()));
            }
        }
    }
}
