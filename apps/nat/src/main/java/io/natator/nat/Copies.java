package io.natator.nat;

import static io.natator.nat.Stage.FORWARD;

import io.natator.model.device.ResolvedPort;
import io.natator.model.intent.DevicePort.Side;
import io.natator.model.intent.Translation;
import io.natator.model.packet.Addresses;
import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Match;
import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;

/**
 * TRANSPARENT: who has several outside addresses is told of under each, once a packet: the sender of ARP and the target of neighbour
 * advertisements, which earlier stages have left as they were (ADR 0231).
 */
final class Copies {
    private static final int ADVERTISEMENT = 136;

    private Copies() {}

    /** Of a device: out of the other end of the wire. */
    static void own(Context context, Work work, Program out) {
        for (ResolvedPort port : context.transparent() ? context.ports(Side.INSIDE) : List.<ResolvedPort>of()) {
            port.peer().ifPresent(peer -> from(context, port.number(), PortNumber.portNumber(peer), work, out));
        }
    }

    /** Of a software switch: back to the device that is served. */
    static void served(Context context, int port, Work work, Program out) {
        from(context, port, PortNumber.IN_PORT, work, out);
    }

    /** Blocks of the translations that have all hosts of this one, shortest last: in each, a target may be of a sender's kind. */
    static List<IpPrefix> blocks(Work work) {
        return work.sharing().around().stream()
                .map(Translation::inside)
                .distinct()
                .toList();
    }

    /** ARP of hosts of this translation that is about one of a block. */
    static Match between(Match arp, Work work, IpPrefix block) {
        return arp.address(AddressField.ARP_SPA, work.inside()).address(AddressField.ARP_TPA, block);
    }

    private static void from(Context context, int port, PortNumber to, Work work, Program out) {
        List<Translation> around = work.sharing().around();
        if (around.isEmpty() || !work.link() || work.linkPairs().size() == 0) {
            return;
        }
        Match inside = Match.any().inPort(port).metadata(context.marks().inside());
        int priority = Priority.COPIES + (Priority.RANKS + 1) * work.sharing().rank();
        if (!work.ipv4()) {
            Match match = inside.icmpv6(ADVERTISEMENT).address(AddressField.ND_TARGET, work.inside());
            add(out, priority, work, match, copies(work, AddressField.ND_TARGET, List.of(), to));
            return;
        }
        Match arp = inside.arp();
        Match sender = arp.address(AddressField.ARP_SPA, work.inside());
        add(out, priority, work, sender, copies(work, AddressField.ARP_SPA, List.of(), to));
        List<IpPrefix> blocks = blocks(work);
        for (int i = 0; i < blocks.size(); i++) {
            List<IpPrefix> targets = targets(around, blocks.get(i));
            Actions actions = copies(work, AddressField.ARP_SPA, targets, to);
            add(out, priority + blocks.size() - i, work, between(arp, work, blocks.get(i)), actions);
        }
    }

    /** What a target in {@code block} becomes in each copy: by the same translation, or by the first that has it. */
    private static List<IpPrefix> targets(List<Translation> around, IpPrefix block) {
        Translation first = around.stream()
                .filter(t -> t.inside().contains(block))
                .findFirst()
                .orElseThrow();
        return around.stream()
                .map(t -> part(t.inside().contains(block) ? t : first, block))
                .toList();
    }

    /** The outside addresses of a part of a translation's block. */
    private static IpPrefix part(Translation translation, IpPrefix inside) {
        return IpPrefix.valueOf(Addresses.withNetwork(inside.address(), translation.outside()), inside.prefixLength());
    }

    /** @param targets of ARP; none: they are as they should be */
    private static Actions copies(Work work, AddressField field, List<IpPrefix> targets, PortNumber to) {
        List<Instruction> all = new ArrayList<>();
        List<Translation> around = work.sharing().around();
        for (int i = 0; i < around.size(); i++) {
            all.add(Actions.setAddress(field, part(around.get(i), work.inside())));
            if (!targets.isEmpty()) {
                all.add(Actions.setAddress(AddressField.ARP_TPA, targets.get(i)));
            }
            all.add(Instructions.createOutput(to));
        }
        return Actions.apply(all.toArray(Instruction[]::new));
    }

    private static void add(Program out, int priority, Work work, Match match, Actions actions) {
        out.add(FORWARD, priority, work.owner(), match, actions);
    }
}
