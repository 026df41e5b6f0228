package io.natator.model.compile;

import java.time.Duration;
import java.util.List;
import org.onlab.packet.IpPrefix;

/**
 * Of bindings of one share of a DYNAMIC translation, rules of the device may do the work.
 *
 * @param translation id
 * @param share its number on the software switch
 * @param softwareSwitch id of the device that makes the bindings
 * @param inside hosts of the share
 * @param outside addresses of the share
 * @param most bindings of the translation; 0: the device cannot
 * @param idle after how long without a packet a binding goes
 * @param rules that do the work of one; they change with the ways that packets take
 */
public record Offer(
        String translation,
        int share,
        String softwareSwitch,
        IpPrefix inside,
        List<IpPrefix> outside,
        int most,
        Duration idle,
        BindingRules rules) {
    public Offer {
        outside = List.copyOf(outside);
    }
}
