package io.natator.openflow.reconcile;

import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.ErrorMessage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The flow-mods of one install, numbered from 0: adds in their order, then deletes. Knows which are sent and which were refused. */
final class FlowModQueue {
    private final List<EncodedRule> adds;
    private final List<EncodedRule> deletes;
    private final Map<EncodedRule, ErrorMessage> refused = new LinkedHashMap<>();
    private int sent;

    FlowModQueue(List<EncodedRule> adds, List<EncodedRule> deletes) {
        this.adds = adds;
        this.deletes = deletes;
    }

    /** Writes one of them. */
    interface Writer {
        void write(int number, EncodedRule rule);
    }

    /** Sends up to {@code most} further ones, but none from {@code end} on. */
    void send(int most, int end, Writer add, Writer delete) {
        int stop = Math.min(sent + most, end);
        while (sent < stop) {
            (sent < adds.size() ? add : delete).write(sent, rule(sent));
            sent++;
        }
    }

    private EncodedRule rule(int number) {
        return number < adds.size() ? adds.get(number) : deletes.get(number - adds.size());
    }

    int adds() {
        return adds.size();
    }

    int total() {
        return adds.size() + deletes.size();
    }

    int sent() {
        return sent;
    }

    /** The device refused one; false if that number was not sent. */
    boolean refuse(int number, ErrorMessage error) {
        if (number < 0 || number >= sent) {
            return false;
        }
        refused.put(rule(number), error);
        return true;
    }

    Map<EncodedRule, ErrorMessage> refused() {
        return Collections.unmodifiableMap(refused);
    }
}
