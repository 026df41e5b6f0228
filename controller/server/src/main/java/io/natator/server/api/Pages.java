package io.natator.server.api;

import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import io.natator.server.resource.Errors;
import io.natator.server.watch.Catalog;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;

/** Pages of a list (AIP-158). A token holds the name after which the next page begins, so pages stay right under change. */
final class Pages {
    private static final int DEFAULT_SIZE = 100;
    private static final int MAX_SIZE = 1_000;

    private Pages() {}

    /** Hands one page and the token of the next (empty at the end) to {@code answer}. */
    static <M extends Message> void list(
            Catalog<M> catalog, int pageSize, String pageToken, BiConsumer<List<M>, String> answer) {
        List<M> page = catalog.page(decode(pageToken), size(pageSize));
        String next = "";
        if (!page.isEmpty()) {
            String lastId = id(page.getLast());
            next = catalog.hasAfter(lastId) ? encode(lastId) : "";
        }
        answer.accept(page, next);
    }

    /** How many a page has at most. */
    static int size(int pageSize) {
        if (pageSize < 0) {
            throw Errors.invalid("page_size", pageSize + " is negative: write 1 to " + MAX_SIZE + ", or leave it out");
        }
        return pageSize == 0 ? DEFAULT_SIZE : Math.min(pageSize, MAX_SIZE);
    }

    private static String id(Message message) {
        String name = (String) message.getField(message.getDescriptorForType().findFieldByName("name"));
        return name.substring(name.indexOf('/') + 1);
    }

    static String encode(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw badToken();
        }
    }

    static StatusRuntimeException badToken() {
        return Errors.invalid("page_token", "is none that was given out: leave it out to begin anew");
    }
}
