package io.natator.softswitch.log;

import io.natator.model.intent.Kind;
import io.natator.softswitch.config.SessionLogging.Collector;
import io.natator.softswitch.ipfix.Exporter;
import io.natator.softswitch.ipfix.codec.MessageWriter;
import io.natator.softswitch.session.Pref64;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Records of the log as NAT events of IPFIX. */
final class IpfixSink implements Sink {
    private static final long MILLISECOND = 1_000_000;

    private final Exporter exporter;
    private long now;
    /** Of the record at hand. */
    private long insideHigh;

    private long inside;

    private IpfixSink(Exporter exporter) {
        this.exporter = exporter;
    }

    /** The observation domain is the lower half of the datapath id: it should tell switches from each other. */
    static IpfixSink open(Collector collector, long datapathId, LogCounts counts) throws IOException {
        return new IpfixSink(Exporter.open(collector, (int) datapathId, new Exporter.Tally() {
            @Override
            public void sent(int records) {
                counts.add(LogCount.IPFIX_MESSAGES, 1);
                counts.add(LogCount.IPFIX_RECORDS, records);
            }

            @Override
            public void failed(int records) {
                counts.add(LogCount.IPFIX_MESSAGES_FAILED, 1);
                counts.add(LogCount.IPFIX_RECORDS_FAILED, records);
            }
        }));
    }

    @Override
    public void take(MemorySegment memory, long at, long insideAt, Logged logged) {
        now = RecordLayout.time(memory, at);
        insideHigh = insideAt < 0 ? 0 : RecordLayout.address(memory, insideAt, true);
        inside = insideAt < 0 ? RecordLayout.inside(memory, at) : RecordLayout.address(memory, insideAt, false);
        exporter.add(now, () -> write(memory, at, logged));
    }

    private boolean write(MemorySegment memory, long at, Logged logged) {
        MessageWriter writer = exporter.writer();
        long millis = now / MILLISECOND;
        int outside = RecordLayout.outside(memory, at);
        EventType type = EventType.of(RecordLayout.type(memory, at)).orElseThrow();
        return switch (type) {
            case CREATED, ENDED ->
                RecordLayout.protocol(memory, at) == 0
                        ? writer.binding(millis, type == EventType.CREATED, (int) inside, outside)
                        : session(memory, at, logged, millis);
            case MAPPED, UNMAPPED ->
                writer.mapping(
                        millis,
                        type == EventType.MAPPED,
                        RecordLayout.protocol(memory, at),
                        insideHigh,
                        inside,
                        RecordLayout.insidePort(memory, at),
                        outside,
                        RecordLayout.outsidePort(memory, at));
            case BLOCK_TAKEN, BLOCK_FREED ->
                writer.portBlock(
                        millis,
                        type == EventType.BLOCK_TAKEN,
                        insideHigh,
                        inside,
                        outside,
                        RecordLayout.outsidePort(memory, at),
                        RecordLayout.remotePort(memory, at));
            case REFUSED -> refused(memory, at, logged, millis);
            case LEVEL -> level(memory, at, logged, millis);
            case NAME, STARTED, LOST, INSIDE -> true; // only files have these
        };
    }

    private boolean session(MemorySegment memory, long at, Logged logged, long millis) {
        int remote = RecordLayout.remote(memory, at);
        Optional<Pref64> pref64 = logged.share(RecordLayout.share(memory, at)).flatMap(Logged.Of::pref64);
        return exporter.writer()
                .session(
                        millis,
                        RecordLayout.type(memory, at) == EventType.CREATED.code(),
                        RecordLayout.protocol(memory, at),
                        insideHigh,
                        inside,
                        RecordLayout.insidePort(memory, at),
                        RecordLayout.outside(memory, at),
                        RecordLayout.outsidePort(memory, at),
                        pref64.map(p -> p.high(remote)).orElse(0L), // :: if the share went meanwhile
                        pref64.map(p -> p.low(remote)).orElse(0L),
                        remote,
                        RecordLayout.remotePort(memory, at),
                        RecordLayout.packets(memory, at),
                        RecordLayout.bytes(memory, at));
    }

    private boolean level(MemorySegment memory, long at, Logged logged, long millis) {
        boolean high = RecordLayout.why(memory, at) == Codes.HIGH;
        int threshold = (int) RecordLayout.packets(memory, at);
        int share = RecordLayout.share(memory, at);
        if (logged.share(share).map(Logged.Of::kind).orElse(Kind.NAPT) == Kind.DYNAMIC) {
            return exporter.writer().addressesThreshold(millis, high, share, threshold);
        }
        // RFC 8158 has no event for ports that are free again.
        return !high || exporter.writer().portsThreshold(millis, share, threshold, RecordLayout.protocol(memory, at));
    }

    private boolean refused(MemorySegment memory, long at, Logged logged, long millis) {
        MessageWriter writer = exporter.writer();
        int share = RecordLayout.share(memory, at);
        int limit = logged.share(share).map(Logged.Of::perHost).orElse(0);
        return switch (RecordLayout.why(memory, at)) {
            case Codes.POOL_EMPTY ->
                logged.share(share).map(Logged.Of::kind).orElse(Kind.NAPT) == Kind.DYNAMIC
                        ? writer.addressesExhausted(millis, share)
                        : writer.portsExhausted(millis, share, RecordLayout.protocol(memory, at));
            case Codes.TABLE_FULL -> writer.tableFull(millis);
            default -> writer.quotaExceeded(millis, limit, insideHigh, inside);
        };
    }

    @Override
    public void flush(long wallNanos) {
        now = wallNanos;
        exporter.flush(wallNanos);
    }

    /** The collector is not told: the files and the counter are. */
    @Override
    public void lost(long records, long wallNanos) {}

    @Override
    public void close() {
        exporter.close(now);
    }
}
