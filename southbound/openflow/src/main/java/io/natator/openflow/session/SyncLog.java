package io.natator.openflow.session;

import io.natator.model.intent.Device;
import io.natator.model.southbound.SwitchEvent;
import io.natator.openflow.codec.EncodedRule;
import io.natator.openflow.codec.ErrorMessage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log what became of a device's rules. */
final class SyncLog {
    private static final Logger LOG = LoggerFactory.getLogger(SyncLog.class);
    private static final int REFUSALS_LOGGED = 5;

    private final Supplier<Device> device;
    private int refusalsLogged;

    SyncLog(Supplier<Device> device) {
        this.device = device;
    }

    void event(SwitchEvent event) {
        switch (event) {
            case SwitchEvent.SyncFailed f ->
                LOG.warn("device {}: rules of generation {} not in sync: {}", id(), f.generation(), f.reason());
            case SwitchEvent.RulesLost l ->
                LOG.warn("device {}: {} rules vanished or were altered, restoring", id(), l.count());
            case SwitchEvent.Synced s ->
                LOG.info(
                        "device {}: rules of generation {} in sync: {} added, {} kept, {} removed, {} restored, {} refused",
                        id(),
                        s.generation(),
                        s.added(),
                        s.kept(),
                        s.removed(),
                        s.restored(),
                        s.failures().size());
            default -> {
                // nothing to log
            }
        }
    }

    void refused(EncodedRule rule, ErrorMessage error) {
        if (refusalsLogged < REFUSALS_LOGGED) {
            refusalsLogged++;
            LOG.warn(
                    "device {} refused {}: {}{}",
                    id(),
                    rule,
                    error,
                    refusalsLogged == REFUSALS_LOGGED ? " (further ones are only counted)" : "");
        }
    }

    private Object id() {
        return device.get().id();
    }
}
