package io.natator.server.resource;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.natator.core.Event;
import io.natator.core.Remembered;
import io.natator.core.store.Store;
import io.natator.core.store.StoreException;
import io.natator.model.device.Capabilities;
import io.natator.model.intent.Device;
import io.natator.model.intent.Neighbor;
import io.natator.model.intent.PeerGroup;
import io.natator.model.intent.Translation;
import io.natator.model.validate.Stored;
import io.natator.model.validate.Violation;
import io.natator.server.convert.Translations;
import io.natator.v1.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that users declare. One lock: what is checked is what is stored. */
public final class Resources {
    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

    private final Store store;
    private final Collection<io.natator.v1.Device, Device> devices = new Collection<>(Kinds.DEVICE, this);
    private final Collection<io.natator.v1.Neighbor, Neighbor> neighbors = new Collection<>(Kinds.NEIGHBOR, this);
    private final Collection<io.natator.v1.PeerGroup, PeerGroup> groups = new Collection<>(Kinds.PEER_GROUP, this);
    private final Collection<io.natator.v1.Translation, Translation> translations =
            new Collection<>(Kinds.TRANSLATION, this);
    private final Map<String, Capabilities> capabilities = new ConcurrentHashMap<>();
    private Consumer<Event> core = event -> {};
    private Runnable awaitHandled = () -> {};

    public Resources(Store store) {
        this.store = store;
    }

    /**
     * Loads what is stored.
     *
     * @param loop is told every change from now on
     * @param handled returns when what it was told has been handled
     * @param roaSources who will tell the loop about route origins
     * @return what the core is to be started with
     * @throws StoreException if something stored cannot be read
     */
    public synchronized Event.Started load(Consumer<Event> loop, Runnable handled, Set<String> roaSources) {
        core = loop;
        awaitHandled = handled;
        List<Store.Row> rows = store.rows();
        // Neighbours need their groups.
        rows.stream().filter(Resources::isGroup).forEach(groups::load);
        rows.stream().filter(row -> !isGroup(row)).forEach(this::load);
        return new Event.Started(
                devices.values(), translations.values(), groups.values(), neighbors.values(), remembered(), roaSources);
    }

    private static boolean isGroup(Store.Row row) {
        return row.collection().equals(Kinds.PEER_GROUP.collection());
    }

    private void load(Store.Row row) {
        switch (row.collection()) {
            case "devices" -> devices.load(row);
            case "neighbors" -> neighbors.load(row);
            case "translations" -> translations.load(row);
            default ->
                throw new StoreException(
                        "the store holds %s, which this version does not know".formatted(row.collection()), null);
        }
    }

    private Remembered remembered() {
        Store.Memories memories = store.memories();
        Map<Long, List<Translation>> installed = new HashMap<>();
        memories.installed().forEach((datapathId, texts) -> installed.put(datapathId, read(texts)));
        Map<Long, Map<IpAddress, MacAddress>> nextHops = new HashMap<>();
        memories.nextHops().forEach((datapathId, known) -> {
            Map<IpAddress, MacAddress> hops = new TreeMap<>();
            known.forEach((address, mac) -> hops.put(IpAddress.valueOf(address), MacAddress.valueOf(mac)));
            nextHops.put(datapathId, hops);
        });
        return new Remembered(installed, nextHops);
    }

    private static List<Translation> read(List<String> texts) {
        List<Translation> values = new ArrayList<>();
        for (String text : texts) {
            var builder = io.natator.v1.Translation.newBuilder();
            try {
                JsonFormat.parser().ignoringUnknownFields().merge(text, builder);
            } catch (InvalidProtocolBufferException e) {
                throw new StoreException("the store's table installed holds what cannot be read: " + text, e);
            }
            String id = builder.getName().replaceFirst("^translations/", "");
            Translations.parse(id, builder.build(), new ArrayList<>()).ifPresent(values::add);
        }
        return values;
    }

    /** How what a device is told to hold is remembered. */
    public static String json(Translation translation) {
        return Collection.json(Translations.message(translation));
    }

    public Collection<io.natator.v1.Device, Device> devices() {
        return devices;
    }

    public Collection<io.natator.v1.Neighbor, Neighbor> neighbors() {
        return neighbors;
    }

    public Collection<io.natator.v1.PeerGroup, PeerGroup> groups() {
        return groups;
    }

    public Collection<io.natator.v1.Translation, Translation> translations() {
        return translations;
    }

    /** A device told what it can do: ports are checked from now on. */
    public void learned(String device, Capabilities told) {
        capabilities.put(device, told);
    }

    public void forget(String device) {
        capabilities.remove(device);
    }

    /** All that a candidate is checked against. */
    public synchronized Stored stored() {
        return new Stored(
                devices.valuesById(),
                translations.valuesById(),
                neighbors.valuesById(),
                groups.valuesById(),
                Map.copyOf(capabilities));
    }

    /**
     * All that would be stored after several changes, checked as a whole.
     *
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT
     */
    public synchronized Stored after(List<Resource> changes, List<String> deletions) {
        return new Candidates(this).after(changes, deletions);
    }

    void commit(Store.Write write) {
        try {
            store.commit(List.of(write));
        } catch (StoreException e) {
            LOG.error("event=store-failed reason=\"{}\"", e.getMessage());
            throw Errors.notStored(e.getMessage());
        }
    }

    /** Returns when the core has handled all changes so far. */
    void awaitHandled() {
        awaitHandled.run();
    }

    void tell(List<Event.Change> changes) {
        core.accept(new Event.IntentsChanged(changes));
    }

    /** A peer group as it is stored. */
    Optional<io.natator.v1.PeerGroup> group(String id) {
        return groups.stored(id);
    }

    /** What would be wrong with neighbours if {@code candidate}, should it be a peer group, were stored. */
    List<Violation> checkMembers(String id, Message candidate) {
        return candidate instanceof io.natator.v1.PeerGroup group
                ? new Members(this, id, group).violations()
                : List.of();
    }

    /** Neighbours that mean something else now that {@code stored}, should it be a peer group, is. */
    List<Event.Change> refreshMembers(String id, Message stored) {
        return stored instanceof io.natator.v1.PeerGroup group ? new Members(this, id, group).refresh() : List.of();
    }
}
