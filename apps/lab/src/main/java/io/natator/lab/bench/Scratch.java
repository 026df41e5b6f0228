package io.natator.lab.bench;

import io.natator.lab.net.Inventory;
import io.natator.lab.net.Namespace;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Namespaces, processes and files of one benchmark. Whatever happens, {@link #close} or the end of this process
 * removes all of it.
 */
final class Scratch implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Inventory inventory;
    private final Thread onExit;

    private Scratch(Inventory inventory) {
        this.inventory = inventory;
        this.onExit = new Thread(inventory::remove, "remove benchmark");
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    static Scratch create() {
        Inventory.sweep();
        String id = ProcessHandle.current().pid() + ".b" + COUNT.incrementAndGet();
        return new Scratch(Inventory.create(id, "benchmark", false));
    }

    Inventory inventory() {
        return inventory;
    }

    Namespace namespace(String role) {
        return Namespace.create(inventory, role);
    }

    @Override
    public void close() {
        inventory.remove();
        try {
            boolean _ = Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The process is ending: the hook is running, and finds nothing left.
        }
    }
}
