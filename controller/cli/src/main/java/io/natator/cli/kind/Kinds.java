package io.natator.cli.kind;

import io.natator.cli.file.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All kinds. */
public final class Kinds {
    public static final TranslationKind TRANSLATION = new TranslationKind();
    public static final DeviceKind DEVICE = new DeviceKind();
    public static final NeighborKind NEIGHBOR = new NeighborKind();
    public static final PeerGroupKind PEER_GROUP = new PeerGroupKind();
    public static final AnnouncementKind ANNOUNCEMENT = new AnnouncementKind();

    /** In the order in which a file is applied: what is named before what names it. */
    public static final List<EditableKind<?>> EDITABLE = List.of(DEVICE, PEER_GROUP, NEIGHBOR, TRANSLATION);

    public static final List<Kind<?>> ALL = List.of(DEVICE, PEER_GROUP, NEIGHBOR, TRANSLATION, ANNOUNCEMENT);

    private Kinds() {}

    /** By singular, plural or short name, in any case. */
    public static Optional<Kind<?>> find(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (Kind<?> kind : ALL) {
            if (lower.equals(kind.singular())
                    || lower.equals(kind.plural().toLowerCase(Locale.ROOT))
                    || lower.equals(kind.shortName())) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** "there is no kind …", with the nearest one. */
    public static String unknown(String word) {
        List<String> singulars = ALL.stream().map(Kind::singular).toList();
        return "there is no kind \"" + word + "\""
                + Nearest.to(word.toLowerCase(Locale.ROOT), singulars)
                        .map(nearest -> "; did you mean \"" + nearest + "\"?")
                        .orElse("; kinds are " + String.join(", ", singulars));
    }
}
