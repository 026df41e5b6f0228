package io.natator.model.compile;

import io.natator.model.intent.Device;
import io.natator.model.intent.Translation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a device has to do with others: software switches that do what it cannot, and devices for which it does so; and what
 * it turned out not to do.
 *
 * @param switches software switches to which its SERVICE ports lead, by device id, and why they cannot be counted on;
 *     empty text: they can
 * @param clients devices whose SERVICE ports lead here, in order of their ids
 * @param refused what the device refused, by id of the translation
 */
public record Surroundings(
        SortedMap<String, String> switches, List<Client> clients, SortedMap<String, Refusal> refused) {
    /** It is on its own. */
    public static final Surroundings NONE = new Surroundings(Collections.emptySortedMap(), List.of());

    /** Nothing was refused. */
    public Surroundings(SortedMap<String, String> switches, List<Client> clients) {
        this(switches, clients, Collections.emptySortedMap());
    }

    /** The same of a device that refused something. */
    public Surroundings with(Map<String, Refusal> refusals) {
        return new Surroundings(switches, clients, new TreeMap<>(refusals));
    }

    /**
     * A device that is served.
     *
     * @param translations those placed on it
     * @param switches of that device, as in {@link Surroundings#switches}
     */
    public record Client(Device device, List<Translation> translations, SortedMap<String, String> switches) {
        public Client {
            translations = List.copyOf(translations);
            switches = Collections.unmodifiableSortedMap(new TreeMap<>(switches));
        }
    }

    public Surroundings {
        switches = Collections.unmodifiableSortedMap(new TreeMap<>(switches));
        clients = List.copyOf(clients);
        refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
    }
}
