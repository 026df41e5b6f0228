package io.natator.core.plan;

import io.natator.core.DeviceView;
import io.natator.core.offload.Room;
import io.natator.model.compile.Offer;
import io.natator.model.compile.Placement;
import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What will happen, in the order in which the core does it. */
final class Steps {
    private final List<String> waits = new ArrayList<>();
    private final List<String> drains = new ArrayList<>();
    private final List<String> installs = new ArrayList<>();
    private final List<String> proofs = new ArrayList<>();
    private final List<String> bindings = new ArrayList<>();

    /** @param placements of the translations that will be there, by id */
    void device(
            Plan.OfDevice change,
            Optional<DeviceView> view,
            Optional<Device> device,
            List<Translation> after,
            Map<String, Placement> placements) {
        String name = "devices/" + change.device();
        if (!change.connected() && device.isPresent()) {
            boolean known = view.flatMap(DeviceView::capabilities).isPresent();
            waits.add("wait until " + name + " connects"
                    + (known ? "" : " (until then its rules are computed as for Open vSwitch)"));
        }
        view.ifPresent(v -> drains(v, device, after, name));
        if (!change.added().isEmpty() || !change.removed().isEmpty()) {
            installs.add("%s: add %d rules, keep %d, remove %d"
                    .formatted(
                            name,
                            change.added().size(),
                            change.kept(),
                            change.removed().size()));
        }
        for (Translation translation : after) {
            if (!Planner.unchanged(view, translation)) {
                String how = Optional.ofNullable(placements.get(translation.id()))
                        .map(p -> " (" + p.how() + ")")
                        .orElse("");
                proofs.add("prove translations/" + translation.id() + " on " + name + how
                        + " by probes in both directions");
            }
        }
    }

    /** What may come to a device later: rules of bindings that are used much. */
    void bindings(String device, List<Offer> offers, Room room) {
        SortedMap<String, Integer> addresses = new TreeMap<>();
        offers.forEach(o -> addresses.merge(o.translation(), addresses(o), Integer::sum));
        addresses.forEach((translation, all) -> {
            int most = offers.stream()
                    .filter(o -> o.translation().equals(translation))
                    .mapToInt(Offer::most)
                    .max()
                    .orElse(0);
            int count = Math.min(all, Math.min(most, room.places()));
            if (count > 0) {
                bindings.add("later, up to %s of translations/%s, those used most, may get %d rules each on devices/%s"
                        .formatted(count(count, "binding"), translation, room.rules(), device));
            }
        });
    }

    private static int addresses(Offer offer) {
        return offer.outside().stream()
                .mapToInt(p -> 1 << (32 - p.prefixLength()))
                .sum();
    }

    private void drains(DeviceView view, Optional<Device> device, List<Translation> after, String name) {
        for (Translation translation : view.translations()) {
            boolean stays = after.stream()
                    .anyMatch(t -> t.id().equals(translation.id())
                            && t.inside().equals(translation.inside())
                            && t.outside().equals(translation.outside()));
            if (!stays) {
                long limit = device.orElse(view.device()).drain().toSeconds();
                drains.add("drain translations/" + translation.id() + " on " + name + ", at most " + limit + " s");
            }
        }
    }

    List<String> inOrder(Plan.Routes routes) {
        List<String> withdraw = routes.removed().isEmpty()
                ? List.of()
                : List.of("withdraw " + count(routes.removed().size(), "route"));
        List<String> announce = routes.added().isEmpty()
                ? List.of()
                : List.of("announce " + count(routes.added().size(), "route"));
        return Stream.of(withdraw, drains, waits, installs, proofs, announce, bindings)
                .flatMap(List::stream)
                .toList();
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
