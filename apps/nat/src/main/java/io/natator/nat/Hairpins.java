package io.natator.nat;

import static io.natator.nat.Stage.FORWARD;
import static io.natator.nat.Stage.TO_INSIDE;
import static io.natator.nat.Stage.TO_OUTSIDE;

import io.natator.model.intent.Device;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Kind;
import io.natator.model.intent.SharedInside;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Match;
import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.IpPrefix;

/**
 * ROUTED: a host of a pool speaks to an outside address of a STATIC translation of the same device. Its session must know the
 * address that was spoken to, for from there the answer comes: so the source is made another while the destination is still, or
 * once more, the outside address. All of it is done where the sessions are.
 *
 * @param pools translations by sessions whose hosts are of IPv4
 * @param blocks the others that have somebody to serve them; of IPv4, as pools are
 */
record Hairpins(List<Pool> pools, List<Block> blocks) {
    static final Hairpins NONE = new Hairpins(List.of(), List.of());

    private static final AddressField SRC = AddressField.IPV4_SRC;
    private static final AddressField DST = AddressField.IPV4_DST;

    /**
     * A pool.
     *
     * @param parts wherever they are done
     */
    record Pool(Translation translation, List<Part> parts) {}

    /**
     * A block.
     *
     * @param part who remembers by which address flows came to the hosts that are shared
     */
    record Block(Translation translation, Sharing sharing, Part part) {
        IpPrefix outside(IpPrefix inside) {
            return IpPrefix.valueOf(
                    Addresses.withNetwork(inside.address(), translation.outside()), inside.prefixLength());
        }

        /** Outside addresses of hosts that are shared. */
        List<IpPrefix> shared() {
            return sharing.inside().stream().map(this::outside).toList();
        }
    }

    static Hairpins of(Device device, List<Translation> translations, Services services) {
        if (device.mode() != Device.Mode.ROUTED) {
            return NONE;
        }
        List<Pool> pools = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        SharedInside shared = new SharedInside(translations);
        for (Translation t : translations) {
            if (t.kind() == Kind.DYNAMIC || t.kind() == Kind.NAPT) {
                pools.add(new Pool(t, services.parts(t)));
            } else if (t.kind() == Kind.STATIC && t.isIpv4()) {
                Sharing sharing = Sharing.of(t, shared, true);
                services.parts(t, sharing.place()).forEach(p -> blocks.add(new Block(t, sharing, p)));
            }
        }
        boolean none = translations.stream().allMatch(t -> t.kind() == Kind.STATIC);
        return none || blocks.isEmpty() ? NONE : new Hairpins(pools, blocks);
    }

    /** On a software switch that does its own translations. */
    void own(Context context, Work work, Program out) {
        if (!work.byRules() && context.reach() instanceof Reach.Direct direct) {
            if (!work.crosses()) {
                kept(context, work.translation(), out);
                work.parts().forEach(part -> turned(context, direct, part, out));
            }
            for (Part part : work.parts()) {
                answers(context, direct, part, out);
            }
        }
    }

    /** The other way: a device would have its source first, too, and ask for the session at FORWARD. */
    private void answers(Context context, Reach.Direct direct, Part part, Program out) {
        for (Block block : blocks) {
            for (IpPrefix outside : part.outside()) {
                Match match = from(context, block.translation().inside()).address(DST, outside);
                Actions inward = translate(direct, TO_INSIDE, part, match, out.goTo(FORWARD));
                Actions outward = translate(direct, TO_OUTSIDE, block.part(), match, inward);
                add(out, part, Priority.POOLED + block.sharing().rank(), match, outward);
            }
        }
    }

    /** On a software switch, of the device that it serves; {@code direct} is its own. */
    void served(Context context, Reach.Direct direct, String here, Program out) {
        for (Pool pool : pools) {
            kept(context, pool.translation(), out);
            for (Part part : pool.parts()) {
                if (part.device().equals(here)) {
                    turned(context, direct, part, out);
                    restored(context, direct, part, out);
                }
            }
        }
    }

    /** At TO_INSIDE the destination stays what it is, be it that of an ICMP error. */
    private void kept(Context context, Translation pool, Program out) {
        for (Block block : blocks) {
            Match match = from(context, pool.inside())
                    .address(DST, block.translation().outside());
            out.add(TO_INSIDE, Priority.POOLED, pool.id(), match, out.goTo(TO_OUTSIDE));
        }
    }

    /** Both addresses, as the device left both. */
    private void turned(Context context, Reach.Direct direct, Part part, Program out) {
        for (Block block : blocks) {
            Match match = from(context, part.inside())
                    .address(DST, block.translation().outside());
            Actions inward = translate(direct, TO_INSIDE, block.part(), match, out.goTo(FORWARD));
            add(out, part, Priority.SPECIAL, match, translate(direct, TO_OUTSIDE, part, match, inward));
            for (IpPrefix shared : elsewhere(block, part)) {
                Match left = from(context, part.inside()).address(DST, shared);
                Actions outward = translate(direct, TO_OUTSIDE, part, left, out.goTo(FORWARD));
                add(out, part, Priority.SPECIAL + 1, left, outward);
            }
        }
    }

    /** The device has made the destination an inside address, which nobody else sends here. */
    private void restored(Context context, Reach.Direct direct, Part part, Program out) {
        for (Block block : blocks) {
            Translation t = block.translation();
            for (IpPrefix inside : Pairs.block(t, block.sharing().inside()).done()) {
                Match match = from(context, part.inside()).address(DST, inside);
                Actions inward = Actions.setThen(DST, inside, out.goTo(FORWARD));
                Actions outward = translate(direct, TO_OUTSIDE, part, match, inward);
                add(out, part, Priority.SPECIAL, match, Actions.setThen(DST, block.outside(inside), outward));
            }
        }
    }

    /** Shared outside addresses of {@code block} that are left to another software switch, which remembers their flows. */
    private static List<IpPrefix> elsewhere(Block block, Part part) {
        return block.part().device().equals(part.device()) ? List.of() : block.shared();
    }

    /** What other software switches send back as it came, for they have no session of the host. */
    List<IpPrefix> elsewhere(Part part) {
        return blocks.stream()
                .filter(b -> !b.part().device().equals(part.device()))
                .map(b -> b.translation().outside())
                .toList();
    }

    /**
     * Of a device: what a software switch has left to the one that remembers the flows. Its hosts speak by addresses of their
     * pool by then; what others send back is for the router, whoever has it.
     */
    void passedOn(Context context, Work work, Reach.Linked linked, Program out) {
        for (Block block : blocks) {
            if (!block.translation().equals(work.translation())) {
                continue;
            }
            for (Pool pool : pools) {
                for (Part part : pool.parts()) {
                    for (IpPrefix shared : elsewhere(block, part)) {
                        part.outside()
                                .forEach(from -> passedOn(context, work, linked, block.part(), from, shared, out));
                    }
                }
            }
        }
    }

    private static void passedOn(
            Context context, Work work, Reach.Linked linked, Part to, IpPrefix from, IpPrefix shared, Program out) {
        Match match = Match.any()
                .metadata(context.marks().service())
                .ip(true)
                .address(SRC, from)
                .address(DST, shared);
        for (Reach.Way way : linked.ways(TO_INSIDE, Side.INSIDE, to, match, Actions.drop())) {
            out.add(FORWARD, Priority.POOL, work.owner(), way.match(), way.actions());
        }
    }

    private static Match from(Context context, IpPrefix inside) {
        return Match.any().metadata(context.marks().inside()).ip(true).address(SRC, inside);
    }

    private static Actions translate(Reach.Direct direct, Stage stage, Part part, Match match, Actions next) {
        return direct.ways(stage, Side.INSIDE, part, match, next).getFirst().actions();
    }

    private static void add(Program out, Part part, int priority, Match match, Actions actions) {
        out.add(TO_OUTSIDE, priority, part.translation(), match, actions);
    }
}
