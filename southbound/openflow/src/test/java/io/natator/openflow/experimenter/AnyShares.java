package io.natator.openflow.experimenter;

import io.natator.model.intent.Embedding;
import io.natator.model.intent.Kind;
import io.natator.model.intent.Pool;
import io.natator.model.session.Binding;
import io.natator.model.session.BindingRound;
import io.natator.model.session.PoolUse;
import io.natator.model.session.Session;
import io.natator.model.session.SessionQuery;
import io.natator.model.session.Share;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

/** Random values of everything that goes over the wire. */
final class AnyShares {
    private final Random random;

    AnyShares(Random random) {
        this.random = random;
    }

    private <T> T one(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> List<T> some(int most, Supplier<T> of) {
        return Stream.generate(of).limit(random.nextInt(most + 1)).toList();
    }

    private IpAddress address() {
        byte[] octets = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(octets);
        return IpAddress.valueOf(octets.length == 4 ? IpAddress.Version.INET : IpAddress.Version.INET6, octets);
    }

    private IpPrefix prefix() {
        IpAddress address = address();
        return IpPrefix.valueOf(address, random.nextInt(address.isIp4() ? 33 : 129));
    }

    private int port() {
        return random.nextInt(65_536);
    }

    private Duration duration() {
        return Duration.of(random.nextLong(1L << 50), ChronoUnit.MICROS);
    }

    private Instant instant() {
        return Instant.EPOCH.plus(random.nextLong(1L << 52), ChronoUnit.MICROS);
    }

    private String text() {
        return "é".repeat(random.nextInt(30)) + random.nextInt();
    }

    Share share(int id, int forwards) {
        int first = 1 + random.nextInt(65_535);
        return new Share(
                id,
                text(),
                one(Kind.values()),
                prefix(),
                some(20, this::prefix),
                some(20, this::prefix),
                random.nextBoolean(),
                random.nextBoolean(),
                new Pool(
                        List.of(),
                        first,
                        first + random.nextInt(65_536 - first),
                        one(Pool.Mapping.values()),
                        one(Pool.Filtering.values()),
                        one(Pool.Pairing.values()),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextInt(1 << 20),
                        random.nextInt(1 << 16),
                        random.nextInt(1 << 16),
                        random.nextBoolean(),
                        some(
                                forwards,
                                () -> new Pool.Forward(
                                        random.nextBoolean() ? 6 : 17, address(), port(), address(), port())),
                        some(20, () -> new Pool.Reservation(address(), address())),
                        duration(),
                        duration(),
                        new Pool.Timers(duration(), duration(), duration(), duration()),
                        random.nextInt(10_000),
                        one(Pool.OtherProtocols.values()),
                        Pool.DEFAULT.hardwareBindings()),
                some(2, () -> new Embedding(prefix(), random.nextInt(1 << 16))).stream()
                        .findFirst());
    }

    Session session() {
        return new Session(
                text(),
                random.nextInt(256),
                address(),
                port(),
                address(),
                port(),
                address(),
                port(),
                text(),
                instant(),
                instant(),
                random.nextLong(),
                random.nextLong());
    }

    PoolUse use() {
        TreeMap<String, Long> refused = new TreeMap<>();
        some(10, this::text).forEach(reason -> refused.put(reason, random.nextLong()));
        return new PoolUse(
                random.nextInt(),
                text(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                refused,
                random.nextLong(),
                some(10, () -> new PoolUse.Host(address(), random.nextLong())));
    }

    private <T> Optional<T> maybe(Supplier<T> of) {
        return random.nextBoolean() ? Optional.of(of.get()) : Optional.empty();
    }

    private SessionQuery query() {
        return new SessionQuery(
                maybe(this::text),
                random.nextBoolean() ? OptionalInt.of(random.nextInt(256)) : OptionalInt.empty(),
                maybe(this::prefix),
                maybe(this::address),
                random.nextBoolean() ? OptionalInt.of(port()) : OptionalInt.empty(),
                maybe(this::prefix));
    }

    Binding binding() {
        return new Binding(random.nextInt(), address(), address());
    }

    BindingRound round() {
        return new BindingRound(
                random.nextLong(),
                some(20, random::nextInt),
                some(20, () -> new BindingRound.Held(binding(), duration(), duration())),
                random.nextInt(BindingRound.MOST));
    }

    SessionRequest request() {
        return switch (random.nextInt(5)) {
            case 0 -> new SessionRequest.Page(query(), text(), 1 + random.nextInt(SessionRequest.MAX_PAGE));
            case 1 -> new SessionRequest.Lookup(address(), random.nextInt(256), port(), instant());
            case 2 -> new SessionRequest.Clear(query());
            case 3 -> new SessionRequest.Bindings(round());
            default -> new SessionRequest.Use();
        };
    }
}
