package io.natator.core.store;

import io.natator.core.store.Store.Row;
import io.natator.core.store.Store.Write;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Writes until it is killed; says what it will do, and that it was acknowledged. */
final class Writer {
    private Writer() {}

    /** @param args file, seed, first number */
    public static void main(String[] args) {
        Random random = new Random(Long.parseLong(args[1]));
        try (Store store = SqliteStore.open(Path.of(args[0]))) {
            for (int i = Integer.parseInt(args[2]); ; i++) {
                String id = "t" + random.nextInt(50);
                if (random.nextInt(4) == 0) {
                    say("will delete", id, i);
                    store.commit(List.of(new Write.Delete("translations", id)));
                    say("did delete", id, i);
                } else {
                    String json = "{\"n\":" + i + ",\"pad\":\"" + "x".repeat(random.nextInt(3_000)) + "\"}";
                    say("will put", id, i);
                    store.commit(List.of(
                            new Write.Put(new Row("translations", id, json, "e" + i, Instant.EPOCH, Instant.EPOCH))));
                    say("did put", id, i);
                }
            }
        }
    }

    private static void say(String what, String id, int number) {
        System.out.println(what + " " + id + " " + number + ".");
        System.out.flush();
    }
}
