package io.natator.bgp.ribout;

import io.natator.bgp.codec.AsSegment;
import io.natator.bgp.codec.Communities;
import io.natator.bgp.codec.EncodedAttributes;
import io.natator.bgp.codec.Family;
import io.natator.bgp.codec.PathAttributes;
import io.natator.bgp.codec.UpdateBuilder;
import io.natator.bgp.fsm.Negotiated;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/**
 * Routes towards one neighbour: what it should hold, what it was told, and the next UPDATE between the two. UPDATEs are
 * made one at a time as the caller has room for them, so that nothing but the two tables grows. What is new goes out
 * before what is gone: an aggregate is there before its parts leave.
 */
public final class RibOut {
    /** What routes have within an AS where no policy says otherwise; the default of all routers. */
    private static final long LOCAL_PREF = 100;

    /** Paths whose bytes are kept; far more than there are next hops and policies at a time. */
    private static final int MAX_ENCODED = 1024;

    private static final Path AGAIN = new Path(IpAddress.valueOf(0), Communities.NONE);

    /** Prefixes of one path or of one family, still to be told. */
    private record Batch(Family family, Optional<Path> path, Deque<IpPrefix> prefixes) {}

    private final long localAs;
    private Optional<Negotiated> session = Optional.empty();
    private Optional<Routes> wanted = Optional.empty();
    private final Map<IpPrefix, Path> told = new HashMap<>();
    private final Map<Path, EncodedAttributes> encoded = new HashMap<>();
    private final Deque<Batch> pending = new ArrayDeque<>();
    private final Deque<Family> endOfRib = new ArrayDeque<>();

    public RibOut(long localAs) {
        this.localAs = localAs;
    }

    /** The complete set of routes. Nothing at all is told before the first one. */
    public void want(Routes routes) {
        wanted = Optional.of(routes);
        plan();
    }

    /** A session is up: the neighbour holds nothing of ours that it will not be told again before End-of-RIB. */
    public void up(Negotiated negotiated) {
        down();
        session = Optional.of(negotiated);
        if (negotiated.endOfRib()) {
            endOfRib.addAll(negotiated.families());
        }
        plan();
    }

    public void down() {
        session = Optional.empty();
        told.clear();
        encoded.clear();
        pending.clear();
        endOfRib.clear();
    }

    /** The neighbour wants all routes of {@code family} again (RFC 2918). */
    public void refresh(Family family) {
        // Still told, so that it is withdrawn should it no longer be wanted, but equal to no path that is.
        told.replaceAll((prefix, path) -> Family.of(prefix) == family ? AGAIN : path);
        plan();
    }

    /** Prefixes that the neighbour was told and not told to forget. */
    public int told() {
        return told.size();
    }

    /** Whole UPDATE messages, one a call; empty when there is nothing more to tell. */
    public Optional<byte[]> next() {
        if (!pending.isEmpty()) {
            Batch batch = pending.peek();
            byte[] update = batch.path().map(path -> announce(batch, path)).orElseGet(() -> withdraw(batch));
            if (batch.prefixes().isEmpty()) {
                pending.remove();
            }
            return Optional.of(update);
        }
        if (wanted.isPresent() && !endOfRib.isEmpty()) {
            return Optional.of(UpdateBuilder.endOfRib(endOfRib.remove()));
        }
        return Optional.empty();
    }

    /** UPDATEs that make one who holds nothing hold what was told. */
    public void replay(Consumer<byte[]> each) {
        Map<Path, Batch> byPath = new LinkedHashMap<>();
        told.forEach((prefix, path) -> byPath.computeIfAbsent(
                        path, key -> new Batch(Family.of(prefix), Optional.of(key), new ArrayDeque<>()))
                .prefixes()
                .add(prefix));
        byPath.forEach((path, batch) -> {
            while (!batch.prefixes().isEmpty()) {
                UpdateBuilder builder =
                        UpdateBuilder.announce(batch.family(), encoded.computeIfAbsent(path, this::encode));
                take(builder, batch);
                each.accept(builder.build());
            }
        });
    }

    /** True once all was told that was wanted, End-of-RIB included. */
    public boolean settled() {
        return wanted.isPresent() && session.isPresent() && pending.isEmpty() && endOfRib.isEmpty();
    }

    /** Everything that differs between wanted and told, grouped. */
    private void plan() {
        pending.clear();
        if (encoded.size() > MAX_ENCODED) {
            encoded.clear();
        }
        if (session.isEmpty() || wanted.isEmpty()) {
            return;
        }
        Map<IpPrefix, Path> paths = wanted.get().paths();
        Map<Path, Batch> byPath = new LinkedHashMap<>();
        paths.forEach((prefix, path) -> {
            Family family = Family.of(prefix);
            if (session.get().families().contains(family) && !path.equals(told.get(prefix))) {
                byPath.computeIfAbsent(path, key -> new Batch(family, Optional.of(key), new ArrayDeque<>()))
                        .prefixes()
                        .add(prefix);
            }
        });
        Map<Family, Batch> gone = new EnumMap<>(Family.class);
        for (IpPrefix prefix : told.keySet()) {
            if (!paths.containsKey(prefix)) {
                gone.computeIfAbsent(
                                Family.of(prefix), family -> new Batch(family, Optional.empty(), new ArrayDeque<>()))
                        .prefixes()
                        .add(prefix);
            }
        }
        pending.addAll(byPath.values());
        pending.addAll(gone.values());
    }

    private byte[] announce(Batch batch, Path path) {
        UpdateBuilder builder = UpdateBuilder.announce(batch.family(), encoded.computeIfAbsent(path, this::encode));
        for (IpPrefix prefix : take(builder, batch)) {
            told.put(prefix, path);
        }
        return builder.build();
    }

    private byte[] withdraw(Batch batch) {
        UpdateBuilder builder = UpdateBuilder.withdraw(batch.family());
        take(builder, batch).forEach(told::remove);
        return builder.build();
    }

    private static List<IpPrefix> take(UpdateBuilder builder, Batch batch) {
        List<IpPrefix> taken = new ArrayList<>();
        while (!batch.prefixes().isEmpty() && builder.add(batch.prefixes().peek())) {
            taken.add(batch.prefixes().remove());
        }
        return taken;
    }

    private EncodedAttributes encode(Path path) {
        boolean internal = session.orElseThrow().context().internal();
        PathAttributes attributes = new PathAttributes(
                0,
                internal ? List.of() : List.of(AsSegment.sequence(localAs)),
                Optional.of(path.nextHop()),
                OptionalLong.empty(),
                internal ? OptionalLong.of(LOCAL_PREF) : OptionalLong.empty(),
                path.communities());
        return EncodedAttributes.of(attributes, session.get().context());
    }
}
