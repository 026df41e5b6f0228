package io.natator.nat;

import static io.natator.nat.Stage.ADMISSION;
import static io.natator.nat.Stage.FORWARD;
import static io.natator.nat.Stage.TO_INSIDE;
import static io.natator.nat.Stage.TO_OUTSIDE;

import io.natator.model.intent.DevicePort.Side;
import io.natator.model.rule.Actions;
import io.natator.model.rule.AddressField;
import io.natator.model.rule.Match;
import java.util.List;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.PortNumber;

/**
 * A software switch's rules for a device that it serves: the same stages, entered where the tag says, and back out
 * with the tag still on.
 *
 * @param here id of the software switch
 * @param port of the software switch that leads to the device
 * @param direct how it translates
 * @param context of the device's translations, here
 * @param methods of those that are done here, if only in part
 * @param elsewhere inside hosts whose flows another software switch remembers
 */
record Served(
        String here, int port, Reach.Direct direct, Context context, List<Method> methods, List<IpPrefix> elsewhere) {
    void emit(Program out) {
        for (Tags.Way way : Tags.ways(context.device())) {
            long mark = context.marks().of(way.side());
            for (Stage stage : context.transparent()
                    ? List.of(ADMISSION, TO_INSIDE, TO_OUTSIDE)
                    : List.of(TO_INSIDE, TO_OUTSIDE)) {
                Match from = from(way, stage);
                out.add(
                        ADMISSION,
                        Priority.BASE,
                        "",
                        from,
                        out.markThenGoTo(mark, stage == ADMISSION ? TO_INSIDE : stage));
            }
        }
        out.add(ADMISSION, Priority.REST, "", Match.any().inPort(port), Actions.drop());
        ToInside.bridged(context, out);
        out.add(FORWARD, Priority.SERVED, "", Match.any().inPort(port), Actions.output(PortNumber.IN_PORT));
        for (Method method : methods) {
            Work work = method.work(method.mostUnits());
            if (work.link() && !work.ipv4()) {
                for (Tags.Way way : Tags.ways(context.device())) {
                    Admission.targets(context, from(way, ADMISSION), way.side(), work, out);
                }
            }
            ToInside.translation(context, work, out);
            ToOutside.translation(context, work, out);
            Copies.served(context, port, work, out);
        }
        context.hairpins().served(context, direct, here, out);
        if (context.routed()) {
            elsewhere.forEach(inside -> left(inside, out));
        }
    }

    /** Only the destination was asked for: the source is the device's to have done, by whoever remembers. */
    private void left(IpPrefix inside, Program out) {
        AddressField src = inside.isIp4() ? AddressField.IPV4_SRC : AddressField.IPV6_SRC;
        for (Tags.Way way : Tags.ways(context.device())) {
            if (way.side() == Side.INSIDE) {
                Match match = from(way, TO_INSIDE)
                        .metadata(context.marks().inside())
                        .ip(inside.isIp4())
                        .address(src, inside);
                out.add(TO_OUTSIDE, Priority.REMEMBERED, "", match, out.goTo(FORWARD));
            }
        }
    }

    private Match from(Tags.Way way, Stage stage) {
        return Match.any().inPort(port).vlan(Tags.vid(way.index(), stage));
    }
}
